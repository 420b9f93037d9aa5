using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>The verbs that only look: plan, doctor, status, outputs, drift.</summary>
public sealed class LookingTests : IDisposable
{
    private static readonly string[] Readings = ["Describe", "Get", "List", "AssumeRole", "Simulate"];

    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_empty_account_is_planned_and_looked_at()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");

        var plan = (await _shop.RunAsync(simulator, "plan")).Succeeded();
        var markdown = (await _shop.RunAsync(simulator, "plan", "--output", "markdown")).Succeeded();
        var doctor = (await _shop.RunAsync(simulator, "doctor")).Succeeded();
        var status = (await _shop.RunAsync(simulator, "status")).Succeeded();
        var outputs = (await _shop.RunAsync(simulator, "outputs")).Succeeded();
        var drift = (await _shop.RunAsync(simulator, "drift")).Succeeded();

        Golden.Matches(Masks.Of(plan.Out), "Looking/empty-plan.txt");
        Golden.Matches(Masks.Of(markdown.Out), "Looking/empty-plan.md");
        Golden.Matches(Masks.Of(doctor.Out), "Looking/empty-doctor.txt");
        Golden.Matches(Masks.Of(status.Out + outputs.Out + drift.Out), "Looking/empty.txt");
        Assert.Empty(await simulator.InventoryAsync());
        Assert.DoesNotContain(await simulator.CallsAsync(), IsWrite);
    }

    [Fact]
    public async Task A_deployed_environment_is_told_of_from_the_account_alone()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();
        var before = (await simulator.CallsAsync()).Count;

        var plan = (await _shop.RunAsync(simulator, "plan")).Succeeded();
        var json = (await _shop.RunAsync(simulator, "plan", "--output", "json")).Succeeded();
        var writes = (await simulator.CallsAsync()).Skip(before).Where(IsWrite);
        var status = (await _shop.RunAsync(simulator, "status")).Succeeded();
        var machine = (await _shop.RunAsync(simulator, "status", "--output", "json")).Succeeded();
        var outputs = (await _shop.RunAsync(simulator, "outputs", "--output", "json")).Succeeded();
        var doctor = (await _shop.RunAsync(simulator, "doctor", "--output", "json")).Succeeded();
        var drift = (await _shop.RunAsync(simulator, "drift")).Succeeded();
        await simulator.FaultAsync("drift:Vpc");
        var drifted = await _shop.RunAsync(simulator, "drift");

        Golden.Matches(Masks.Of(plan.Out), "Looking/nothing-to-do.txt");
        Assert.True((bool)JsonNode.Parse(json.Out)!["plan"]!["isEmpty"]!);
        Assert.Empty(writes);
        Golden.Matches(Masks.Of(status.Out), "Looking/status.txt");
        Golden.Matches(Masks.Of(machine.Out), "Looking/status.json");
        Golden.Matches(Masks.Of(outputs.Out), "Looking/outputs.json");
        Golden.Matches(Masks.Of(doctor.Out), "Looking/doctor.json");
        Golden.Matches(Masks.Of(drift.Out + drifted.Out), "Looking/drift.txt");
        Assert.Equal(2, drifted.ExitCode);
        Assert.All(new[] { plan, json, status, machine, outputs, doctor, drift, drifted }, ended => Assert.DoesNotContain(simulator.Exports["AWS_SECRET_ACCESS_KEY"], ended.Out + ended.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_is_asked_about_and_nothing_is_left_of_the_question()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();
        var before = (await simulator.CallsAsync()).Count;

        var plan = (await _shop.RunAsync(simulator, "plan", "--set", "operations.logRetentionDays=14", "--set", "cluster.publicAccessCidrs=198.51.100.0/24")).Succeeded();
        var writes = (await simulator.CallsAsync()).Skip(before).Where(IsWrite).Select(call => call.Split(':')[^1]).Order(StringComparer.Ordinal);
        var refused = await _shop.RunAsync(simulator, "plan", "--set", "network.cidr=10.9.0.0/16");

        Golden.Matches(Masks.Of(plan.Out), "Looking/change.txt");
        Assert.Equal(["CreateChangeSet", "CreateChangeSet", "DeleteChangeSet", "DeleteChangeSet"], writes);
        Golden.Matches(Masks.Of(refused.Error), "Looking/refused.txt");
        Assert.Equal(3, refused.ExitCode);
    }

    [Fact]
    public async Task What_a_plan_left_that_was_killed_is_taken_away_by_the_next_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal for it.");
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();
        await simulator.FaultAsync("cloudformation:DescribeChangeSet=hang");

        using var killed = await AskingAsync(simulator);
        killed.Kill();
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var stopped = await AskingAsync(simulator);
        using var signal = Process.Start("kill", ["-INT", stopped.Id.ToString(CultureInfo.InvariantCulture)]);
        var ended = await Shop.EndAsync(stopped);
        await simulator.NoFaultsAsync();
        (await _shop.RunAsync(simulator, "plan")).Succeeded();
        var calls = await simulator.CallsAsync();

        Assert.Equal(130, ended.ExitCode);
        Assert.Equal(Count(calls, "CreateChangeSet"), Count(calls, "DeleteChangeSet") + Count(calls, "ExecuteChangeSet"));
    }

    [Fact]
    public async Task Each_problem_of_the_account_is_told_before_anything_is_done()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        _shop.Settings("a-b", """{ "application": "shop", "region": "us-east-1" }""");
        _shop.Settings("b", """{ "application": "shop-a", "region": "us-east-1", "network": { "cidr": "10.77.0.0/16" } }""");
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images", "--environment", "a-b")).Succeeded();
        var inventory = await simulator.InventoryAsync();

        var problems = new List<Ended>
        {
            await _shop.RunAsync(simulator, "plan", "--set", "account=999999999999"),
            await _shop.RunAsync(simulator, "plan", "--environment", "b"),
            await _shop.RunAsync(simulator, "plan", "--set", "cluster.version=1.99", "--set", "network.cidr=10.78.0.0/16"),
            await _shop.RunAsync(simulator, "plan"),
        };
        await simulator.FaultAsync("quota:vpc=1");
        problems.Add(await _shop.RunAsync(simulator, "plan", "--set", "network.cidr=10.78.0.0/16"));
        await simulator.NoFaultsAsync();
        await simulator.FaultAsync("cloudformation:CreateChangeSet=error:AccessDenied");
        problems.Add(await _shop.RunAsync(simulator, "plan", "--environment", "a-b", "--set", "operations.logRetentionDays=14"));

        Golden.Matches(string.Concat(problems.Select(problem => $"{Masks.Of(Problems(problem.Error))}── exit code {problem.ExitCode}\n")), "Looking/problems.txt");
        Assert.Equal(inventory, await simulator.InventoryAsync());
    }

    [Fact]
    public async Task A_doctor_tells_everything_that_is_wrong_at_once()
    {
        await using var simulator = await SimulatorProcess.StartAsync(
            "--speed", "max", "--fault", "quota:spot-vcpu=1", "--fault", "quota:vpc=0", "--fault", "quota:cluster=0", "--fault", "ec2:DescribeAddresses=error:AccessDenied",
            "--fault", "cloudformation:CreateChangeSet=error:AccessDenied", "--fault", "ecr:GetAuthorizationToken=error:AccessDenied");

        var doctor = await _shop.RunAsync(simulator, "doctor", "--set", "cluster.version=1.99");

        Golden.Matches($"{Masks.Of(doctor.Out + doctor.Error)}── exit code {doctor.ExitCode}\n", "Looking/ill-doctor.txt");
        Assert.DoesNotContain(await simulator.CallsAsync(), IsWrite);
    }

    [Fact]
    public async Task Who_has_no_time_is_told_that_it_is_over()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--fault", "cloudformation:DescribeStacks=hang-before");

        var late = await _shop.RunAsync(simulator, "plan", "--timeout", "2s");

        Golden.Matches($"{Problems(late.Error)}── exit code {late.ExitCode}\n", "Looking/timeout.txt");
    }

    private static bool IsWrite(string call) => call.Split(':')[^1] is var operation && !Readings.Any(reading => operation.StartsWith(reading, StringComparison.Ordinal));

    private static int Count(IEnumerable<string> calls, string operation) => calls.Count(call => call.EndsWith(operation, StringComparison.Ordinal));

    private static string Problems(string error) => error[Math.Max(0, error.IndexOf("error DEP", StringComparison.Ordinal))..];

    private async Task<Process> AskingAsync(SimulatorProcess simulator)
    {
        var before = Count(await simulator.CallsAsync(), "DescribeChangeSet");
        var process = _shop.Start(simulator, "plan", "--set", "operations.logRetentionDays=14");
        await Eventually.TrueAsync(async _ => Count(await simulator.CallsAsync(), "DescribeChangeSet") > before, TimeSpan.FromSeconds(60), "a change set that is asked about");
        return process;
    }
}
