using Platform.Hosting.Problems;

namespace Platform.Hosting.Bundles;

/// <summary>What can be wrong with the bundle of orchestrator and dashboard: HST200 to HST249.</summary>
internal static class BundleProblems
{
    private const string Restore = "Run 'npm ci' in tools/aspire and build the AppHost again";

    public static Problem NotFound(IEnumerable<string> places) => new(
        "HST200",
        "The Aspire bundle (orchestrator and dashboard) was not found.",
        $"{Restore}, or set ASPIRE_HOME to a directory into which 'aspire setup' has put it.",
        ExitCode.Environment)
    {
        Detail = string.Join('\n', places.Prepend("looked in")),
    };

    public static Problem Broken(string source, IEnumerable<string> missing) => new(
        "HST201",
        $"The Aspire bundle named by {source} is not complete.",
        $"{Restore}, or correct {source}.",
        ExitCode.Environment)
    {
        Subject = source,
        Detail = string.Join('\n', missing.Select(path => $"missing: {path}")),
    };

    public static Problem WrongVersion(string source, Version found, Version tested) => new(
        "HST202",
        $"The Aspire bundle named by {source} has version {found}, but {tested.Major}.{tested.Minor} is needed.",
        $"{Restore}, or have 'aspire setup' of version {tested} put it there.",
        ExitCode.Environment)
    {
        Subject = source,
    };

    public static Problem UnsupportedPlatform(string platform, IEnumerable<string> supported) => new(
        "HST203",
        $"There is no Aspire bundle for this platform, {platform}.",
        $"Run the AppHost on one of {string.Join(", ", supported)}.",
        ExitCode.Environment);
}
