namespace Platform.RepositoryRules.Tests;

/// <summary>Fails with every finding on a line of its own; the assertions of the framework cut lists and strings short.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings, string rule)
    {
        var lines = findings.ToList();
        Assert.True(lines.Count == 0, $"{rule}\n  {string.Join("\n  ", lines)}");
    }
}
