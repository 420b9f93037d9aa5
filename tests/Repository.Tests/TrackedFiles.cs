using System.Diagnostics;

namespace Platform.RepositoryRules.Tests;

/// <summary>The files that are, or would be, committed.</summary>
internal static class TrackedFiles
{
    private static readonly Lazy<string[]> Listed = new(List);

    /// <summary>Paths from the repository's root, with forward slashes, sorted.</summary>
    public static IEnumerable<string> All => Listed.Value;

    public static IEnumerable<string> Named(params string[] endings) =>
        All.Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Repository.Root, path));

    private static string[] List()
    {
        string[] arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(Exists).Order(StringComparer.Ordinal)];
    }

    // A file that was removed and not yet committed is still listed.
    private static bool Exists(string path) => File.Exists(Path.Combine(Repository.Root, path));
}
