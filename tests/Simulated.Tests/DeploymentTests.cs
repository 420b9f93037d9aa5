using System.Diagnostics;
using System.Text.Json.Nodes;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>The public command line against the simulator, each a process of its own.</summary>
public sealed class DeploymentTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_environment_is_deployed_left_alone_changed_and_destroyed()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");

        var first = (await _shop.RunAsync(simulator, "deploy", "--yes", "--output", "json")).Succeeded();
        var outputs = JsonNode.Parse(first.Out)!;
        Assert.Equal(("shop-dev", "shop-dev", true), ((string?)outputs["environment"], (string?)outputs["outputs"]!["cluster"]!["ClusterName"], (bool?)outputs["simulated"]));
        var inventory = await simulator.InventoryAsync();
        var secret = simulator.Exports["AWS_SECRET_ACCESS_KEY"];
        var written = Directory.EnumerateFiles(_shop.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText).Append(first.Out).Append(first.Error);
        Assert.DoesNotContain(written, text => text.Contains(secret, StringComparison.Ordinal) || text.Contains("SessionToken", StringComparison.OrdinalIgnoreCase));

        var second = (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();
        Assert.Contains("Nothing has to be done.", second.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, await simulator.InventoryAsync());

        _shop.Settings("dev", """{ "application": "shop", "region": "us-east-1", "operations": { "logRetentionDays": 14 } }""");
        var third = (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();
        Assert.Contains("shop-dev-identity: done", third.Error, StringComparison.Ordinal);
        Assert.Contains("1 changed", third.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, await simulator.InventoryAsync());

        var end = (await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev", "--include-access")).Succeeded();
        Assert.Contains("shop-dev is destroyed.", end.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["AWS::IAM::ManagedPolicy Boundary shop-bootstrap", "AWS::S3::Bucket LokiBucket shop-dev-identity", "AWS::S3::Bucket StateBucket shop-bootstrap", "AWS::S3::BucketPolicy LokiBucketPolicy shop-dev-identity", "AWS::S3::BucketPolicy StateBucketPolicy shop-bootstrap"],
            await simulator.InventoryAsync());
    }

    [Fact]
    public async Task A_stack_that_fails_tells_its_cause_and_the_next_run_goes_on()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--fault", "stack:NatGateway1=fail:The maximum number of addresses has been reached.");

        var failed = await _shop.RunAsync(simulator, "deploy", "--yes");
        Assert.Equal((5, "DEP452"), (failed.ExitCode, string.Join(' ', failed.Codes)));
        Assert.Contains("The stack 'shop-dev-network' could not be created: NatGateway1 (AWS::EC2::NatGateway) failed.", failed.Error, StringComparison.Ordinal);
        Assert.Contains("The maximum number of addresses has been reached.", failed.Error, StringComparison.Ordinal);
        Assert.Contains("The log of this run: " + _shop.State, failed.Error, StringComparison.Ordinal);

        await simulator.NoFaultsAsync();
        (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();
    }

    [Fact]
    public async Task A_plan_of_a_file_is_carried_out_or_refused_when_something_changed()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");

        (await _shop.RunAsync(simulator, "plan", "--output-file", "plan.json")).Succeeded();
        (await _shop.RunAsync(simulator, "deploy", "--plan", "plan.json")).Succeeded();
        var again = await _shop.RunAsync(simulator, "deploy", "--plan", "plan.json");

        Assert.Equal((4, "DEP427"), (again.ExitCode, string.Join(' ', again.Codes)));
    }

    [Fact]
    public async Task The_second_of_two_deployments_says_who_holds_the_lock()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "20");
        using var first = _shop.Start(simulator, "deploy", "--yes", "--without-images");
        await Eventually.TrueAsync(async _ => (await simulator.CallsAsync()).Any(call => call.Contains("PutParameter", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), "the lock of the first deployment");

        var second = await _shop.RunAsync(simulator, "deploy", "--yes");

        Assert.Equal((4, "DEP461"), (second.ExitCode, string.Join(' ', second.Codes)));
        Assert.Contains("'shop-dev' is being changed by arn:aws:iam::123456789012:", second.Error, StringComparison.Ordinal);
        first.Kill();
    }

    [Fact]
    public async Task A_run_that_is_asked_to_stop_gives_its_lock_back_and_says_how_to_go_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal for it.");
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "20");
        using var run = _shop.Start(simulator, "deploy", "--yes");
        await Eventually.TrueAsync(async _ => (await simulator.CallsAsync()).Any(call => call.Contains("ExecuteChangeSet", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), "a stack that is begun");
        using var kill = Process.Start("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        var stopped = await Shop.EndAsync(run);

        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("'platform aws deploy --environment dev' goes on from there.", stopped.Error, StringComparison.Ordinal);
        Assert.Contains((await simulator.CallsAsync()).TakeLast(3), call => call.Contains("DeleteParameter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_run_out_say_how_to_go_on_and_the_next_run_does()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--fault", "cloudformation:DescribeStackEvents#5+=expired-token");

        var expired = await _shop.RunAsync(simulator, "deploy", "--yes");
        Assert.Equal((4, "DEP314"), (expired.ExitCode, string.Join(' ', expired.Codes.Distinct())));

        await simulator.NoFaultsAsync();
        (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();
    }

    [Theory]
    [InlineData("cloudformation:CreateChangeSet#2=throttle")]
    [InlineData("cloudformation:ExecuteChangeSet#1=cut")]
    [InlineData("cloudformation:DescribeStacks#3=refuse")]
    [InlineData("cloudformation:*#9=status:503")]
    [InlineData("ssm:PutParameter#1=cut")]
    [InlineData("cloudformation:DescribeStacks#4=html sts:GetCallerIdentity#1=latency:1500ms")]
    public async Task What_passes_by_itself_is_not_noticed(string faults)
    {
        await using var simulator = await SimulatorProcess.StartAsync(["--speed", "max", .. faults.Split(' ').SelectMany(fault => new[] { "--fault", fault })]);

        (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();

        Assert.Single(await simulator.InventoryAsync(), line => line.StartsWith("AWS::EKS::Cluster ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Kubernetes_left_is_swept_and_volumes_only_as_asked()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--fault", "leftovers");
        (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();

        var unsaid = await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev");
        Assert.Equal((2, "DEP471"), (unsaid.ExitCode, string.Join(' ', unsaid.Codes)));

        (await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev", "--delete-data", "--include-access")).Succeeded();
        Assert.DoesNotContain(await simulator.InventoryAsync(), line => line.StartsWith("AWS::EC2::", StringComparison.Ordinal) || line.StartsWith("AWS::ElasticLoadBalancingV2::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stack_that_does_not_go_is_told_and_left_behind_only_by_force()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "deploy", "--yes")).Succeeded();
        await simulator.FaultAsync("stack:InternetGateway=delete-fail");

        var failed = await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev");
        Assert.Equal((5, "DEP458"), (failed.ExitCode, string.Join(' ', failed.Codes)));

        var forced = await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev", "--force");
        Assert.Contains("and these stay in the account without it: InternetGateway", forced.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_where_nobody_is_there()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");

        var deploy = await _shop.RunAsync(simulator, "deploy");
        var wrong = await _shop.RunAsync(simulator, "destroy", "--confirm", "shop");

        Assert.Equal((2, "DEP467"), (deploy.ExitCode, string.Join(' ', deploy.Codes)));
        Assert.Equal(0, wrong.ExitCode);
        Assert.Empty(await simulator.InventoryAsync());
    }

    [Fact]
    public async Task A_rehearsal_needs_no_other_process_and_keeps_its_account_in_a_folder()
    {
        (await _shop.RunAsync(simulator: null, "deploy", "--yes", "--simulate", "--speed", "max")).Succeeded();
        var second = (await _shop.RunAsync(simulator: null, "deploy", "--yes", "--simulate", "--speed", "max")).Succeeded();

        Assert.Contains("Nothing has to be done.", second.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_shop.Folder, ".platform", "simulator")));
    }
}
