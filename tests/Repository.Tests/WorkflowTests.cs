using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Platform.RepositoryRules.Tests;

public sealed partial class WorkflowTests
{
    private static readonly string[] Workflows = [.. TrackedFiles.All.Where(path => path.StartsWith(".github/workflows/", StringComparison.Ordinal))];

    [Fact]
    public void Every_action_is_pinned_by_its_commit_and_says_its_version() =>
        Findings.None(
            from path in Workflows
            from line in TrackedFiles.Lines(path)
            where Uses().IsMatch(line) && !Pinned().IsMatch(line)
            select $"{path}: {line.Trim()}",
            "A tag can be moved, a commit cannot; write 'uses: owner/action@<40 digits> # v1.2.3':");

    [Fact]
    public void Every_workflow_starts_from_the_least_permissions() =>
        Findings.None(
            Workflows.Where(path => !TrackedFiles.Text(path).Contains("\npermissions:\n  contents: read\n", StringComparison.Ordinal)),
            "Workflows without 'permissions: contents: read' at the top:");

    [Fact]
    public async Task The_linter_finds_nothing_in_the_workflows()
    {
        var start = new ProcessStartInfo(Need.Node(), ["tools/checks/lint-workflows.mjs"])
        {
            WorkingDirectory = Need.NodePackages("tools/checks"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var linter = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var error = linter.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await linter.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await linter.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{Workflows.Length} workflows, 0 findings\n", output + await error);
    }

    [GeneratedRegex(@"^\s*(-\s+)?uses:")]
    private static partial Regex Uses();

    [GeneratedRegex(@"uses:\s+(\./\S+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)$")]
    private static partial Regex Pinned();
}
