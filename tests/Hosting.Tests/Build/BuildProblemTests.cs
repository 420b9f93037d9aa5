using System.Text.RegularExpressions;

namespace Platform.Hosting.Tests.Build;

public sealed partial class BuildProblemTests
{
    /// <summary>What the build reports lies in MSBuild targets and a script, not in a catalogue class.</summary>
    private static readonly string[] Sources =
    [
        "Hosting/build/Platform.Hosting.Bundle.targets",
        "Hosting/build/Platform.Hosting.Projects.targets",
        "tools/aspire/restore.mjs",
    ];

    [Fact]
    public void Every_code_of_the_build_is_explained_and_nothing_else_is()
    {
        var reported = Sources.SelectMany(source => Codes().Matches(File.ReadAllText(Path.Combine(Repository.Root, source)))).Select(match => match.Value);

        var explained = Headings().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"))).Select(match => match.Groups[1].Value);

        Assert.Equal(reported.Distinct().Order(), explained.Order());
    }

    [GeneratedRegex(@"(?<=')HST2[23]\d(?=')|(?<=Code="")HST2[23]\d")]
    private static partial Regex Codes();

    [GeneratedRegex("^## (HST2[23][0-9])$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
