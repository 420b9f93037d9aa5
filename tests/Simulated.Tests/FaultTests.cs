using System.Text.RegularExpressions;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>What goes wrong for longer than a moment: how it is told, and that the next run goes on.</summary>
public sealed partial class FaultTests : IDisposable
{
    private const string WithDomain = """{ "application": "shop", "region": "us-east-1", "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" } }""";
    private const string LongerLogs = "operations.logRetentionDays=14";

    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_certificate_that_nobody_confirms_is_told_with_its_record_and_the_next_run_waits_on()
    {
        _shop.Settings("dev", WithDomain);
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "120", "--fault", "certificate=pending");

        var late = await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images", "--timeout", "15s");
        await simulator.NoFaultsAsync();
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();

        Assert.Equal((5, "DEP466"), (late.ExitCode, string.Join(' ', late.Codes)));
        Assert.Matches(@"The certificate of shop\.example\.com still waits for its domain\..*: _\S+\.shop\.example\.com\.? CNAME _\S+", late.Error);
        Assert.Contains("15 seconds have passed (--timeout), and shop-dev-edge has not ended.", late.Error, StringComparison.Ordinal);
        Assert.Single(await simulator.InventoryAsync(), line => line.StartsWith("AWS::CertificateManager::Certificate ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_whose_rollback_fails_is_brought_back_by_the_first_run_that_can()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();
        var inventory = await simulator.InventoryAsync();
        await simulator.FaultAsync("stack:ClusterLogGroup=fail:Logs are not to be had.", "stack:ClusterLogGroup=rollback-fail:Not that way either.");

        var failed = await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images", "--set", LongerLogs);
        var stuck = await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images", "--set", LongerLogs);
        var status = (await _shop.RunAsync(simulator, "status")).Succeeded();
        await simulator.NoFaultsAsync();
        var back = (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images", "--set", LongerLogs)).Succeeded();

        Assert.Equal((5, "DEP452", 5, "DEP456"), (failed.ExitCode, string.Join(' ', failed.Codes), stuck.ExitCode, string.Join(' ', stuck.Codes)));
        Assert.Contains("Logs are not to be had.", failed.Error, StringComparison.Ordinal);
        Assert.Contains("aws cloudformation continue-update-rollback --stack-name shop-dev-identity --resources-to-skip ClusterLogGroup", stuck.Error, StringComparison.Ordinal);
        Assert.Contains("UPDATE_ROLLBACK_FAILED", status.Out, StringComparison.Ordinal);
        Assert.Contains("completing the rollback first.", back.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, await simulator.InventoryAsync());
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_told_before_anything_is_made()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--fault", "quota:address=0");

        var refused = await _shop.RunAsync(simulator, "deploy", "--yes");

        Assert.Equal((4, "DEP406"), (refused.ExitCode, string.Join(' ', refused.Codes)));
        Assert.Contains("The account may have 0 elastic addresses in this region and has 0", refused.Error, StringComparison.Ordinal);
        Assert.Empty(await simulator.InventoryAsync());
    }

    [Fact]
    public void Every_fault_that_is_documented_is_one_of_a_test()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "simulator.md"));
        var chapter = page[page.IndexOf("## Faults", StringComparison.Ordinal)..page.IndexOf("## To look inside", StringComparison.Ordinal)];
        string[] withImages = [Path.Combine(Repository.TestProject, "..", "Images.Tests", "DeployedImagesTests.cs")];
        var tests = string.Concat(Directory.EnumerateFiles(Repository.TestProject, "*Tests.cs").Concat(withImages).Where(file => !file.EndsWith("KillTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        var faults = Row().Matches(chapter).Select(row => row.Groups["name"].Value).ToList();
        var unused = faults.Where(fault => !Regex.IsMatch(tests, $"[\"=]{Regex.Escape(fault)}{(fault.EndsWith(':') ? "" : "(?![a-z-])")}"));

        Assert.InRange(faults.Count, 16, 100);
        Assert.Empty(unused);
    }

    // What stands before the part that changes: 'throttle', 'status:', '=fail', 'quota:', 'certificate=pending'.
    [GeneratedRegex(@"^\| `(stack:[A-Z]+=)?(?<name>[a-z-]+(=[a-z]+|:(?=[^`]))?)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
