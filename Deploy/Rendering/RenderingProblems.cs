using Platform.Deploy.Problems;

namespace Platform.Deploy.Rendering;

/// <summary>What can be wrong with the place that a rendering is written to or compared with: DEP100 to DEP119.</summary>
internal static class RenderingProblems
{
    private const int MostNamesShown = 5;

    public static Problem ForeignFiles(string folder, IReadOnlyCollection<string> files) => new(
        "DEP100",
        $"The output folder '{folder}' holds {(files.Count == 1 ? "a file" : $"{files.Count} files")} that no rendering wrote: {Listed(files)}.",
        "Name another folder with --output, or move them away: the folder is replaced as a whole.",
        ExitCode.Usage);

    public static Problem NoFolder(string path) => new(
        "DEP101",
        $"The output '{path}' is a file.",
        "Name a folder with --output; it is made where it is missing.",
        ExitCode.Usage);

    public static Problem FolderInUse(string folder) => new(
        "DEP102",
        $"The output folder '{folder}' is the working directory or holds it, so it cannot be replaced as a whole.",
        "Name a folder inside of it: --output out.",
        ExitCode.Usage);

    public static Problem NotAllowed(string folder, string why) => new(
        "DEP103",
        $"The output folder '{folder}' cannot be written.",
        "Allow writing there and in the folder around it, or name another one with --output.",
        ExitCode.Environment)
    { Detail = why };

    public static Problem DiskFull(string folder, string why) => new(
        "DEP104",
        $"No room is left on the disk of '{folder}'. What was there before is unchanged.",
        "Free some room, or name a folder on another disk with --output.",
        ExitCode.Environment)
    { Detail = why };

    public static Problem CannotWrite(string folder, string why) => new(
        "DEP105",
        $"The output folder '{folder}' could not be written. What was there before is unchanged.",
        "Mend what the system says, or name another folder with --output.",
        ExitCode.Environment)
    { Detail = why };

    public static Problem Busy(string folder) => new(
        "DEP106",
        $"Another run is writing to '{folder}' right now.",
        "Wait for its end, or name another folder with --output.",
        ExitCode.Environment);

    public static Problem NothingToCompareWith(string folder) => new(
        "DEP107",
        $"'{folder}' holds no rendering to compare with.",
        $"Write one first: platform render --output {folder}",
        ExitCode.Input);

    public static Problem BrokenMarker(string file, string why) => new(
        "DEP108",
        $"'{file}' says which files a rendering wrote, and it cannot be read.",
        "Delete the output folder, or name another one with --output.",
        ExitCode.Input)
    { Detail = why };

    public static Problem LinkInside(string folder, string path) => new(
        "DEP109",
        $"'{path}' in '{folder}' is a link, or lies behind one: no rendering wrote that.",
        $"Remove it, or write the rendering anew: platform render --output {folder}",
        ExitCode.Input);

    public static Problem CannotRead(string folder, string why) => new(
        "DEP110",
        $"The rendering in '{folder}' cannot be read.",
        "Mend what the system says, or name another folder with --diff.",
        ExitCode.Environment)
    { Detail = why };

    private static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostNamesShown)) + (names.Count > MostNamesShown ? ", …" : "");
}
