namespace Platform.Hosting.Problems;

/// <summary>What can be wrong with the command line: HST050 to HST059.</summary>
internal static class UsageProblems
{
    public static Problem MissingValue(string option) =>
        new("HST050", $"The option '{option}' needs a value.", $"Write {option} VALUE.", ExitCode.Usage);

    public static Problem InvalidValue(string option, string value, string expected) =>
        new("HST051", $"'{value}' is no value for '{option}'.", $"Use {expected}.", ExitCode.Usage);

    public static Problem BrokenSettings(string file, string why) =>
        new("HST053", $"The settings cannot be read: {file}", "Correct the JSON.", ExitCode.Input) { Detail = why };

    public static Problem MissingOutputPath() =>
        new("HST052", "Nothing says where to write the manifest.", "Add --output-path FILE.", ExitCode.Usage);
}
