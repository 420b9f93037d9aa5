using Platform.Deploy.Problems;

namespace Platform.Deploy.Sources;

/// <summary>What can be wrong with the files that a manifest names.</summary>
internal static class SourceProblems
{
    public static Problem Outside(string subject, string path, Way way) =>
        new("DEP038", $"'{path}' {Reason(way)}.", Cure(way), ExitCode.Input) { Subject = subject };

    public static Problem Missing(string subject, string path) =>
        new("DEP039", $"'{path}' is not there.", "Correct the path, or write the manifest anew where the application's source is.", ExitCode.Input) { Subject = subject };

    /// <summary>The end of a sentence that begins with the path. It names no folder of this machine, as it may stand in a report.</summary>
    public static string Reason(Way way) => way switch
    {
        Way.Absolute => "is an absolute path, and only files of the application's source are read",
        Way.Link => "leads outside of the application's source by a link",
        Way.Loop => "is a link that leads to itself",
        _ => "lies outside of the application's source",
    };

    public static string Cure(Way way) => way switch
    {
        Way.Absolute => "Move it into the application's source and name it by a relative path.",
        Way.Link or Way.Loop => "Put the file itself in the link's place.",
        _ => "Move it into the folder that holds the application's '.git' or solution.",
    };
}
