using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>What an administrator does once, and what it leaves alone.</summary>
public sealed class AdministratorTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_account_that_is_prepared_is_deployed_to_without_touching_what_prepared_it()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");

        var prepared = (await _shop.RunAsync(simulator, "bootstrap", "--yes")).Succeeded();
        var inventory = await simulator.InventoryAsync();
        var again = (await _shop.RunAsync(simulator, "bootstrap")).Succeeded();
        var deployed = (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();

        Golden.Matches(Masks.Of(prepared.Out + again.Out), "Administrator/prepared.txt");
        Assert.Contains("The roles of shop-dev are as they should be.", again.Error, StringComparison.Ordinal);
        Assert.Equal(["shop-bootstrap", "shop-dev-access"], StacksOf(inventory));
        Assert.Contains("shop-bootstrap: unchanged", deployed.Error, StringComparison.Ordinal);
        Assert.Contains("shop-dev-access: unchanged", deployed.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, (await simulator.InventoryAsync()).Where(line => line.EndsWith(" shop-bootstrap", StringComparison.Ordinal) || line.EndsWith(" shop-dev-access", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stack_of_somebody_else_is_refused_and_left_as_it_is()
    {
        _shop.Settings("a-b", """{ "application": "shop", "region": "us-east-1" }""");
        _shop.Settings("b", """{ "application": "shop-a", "region": "us-east-1" }""");
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "bootstrap", "--yes", "--environment", "a-b")).Succeeded();
        var inventory = await simulator.InventoryAsync();
        var before = await simulator.CallsAsync();

        var refused = await _shop.RunAsync(simulator, "bootstrap", "--yes", "--environment", "b");

        Assert.Equal((4, "DEP401"), (refused.ExitCode, string.Join(' ', refused.Codes)));
        Assert.Contains("There is a stack 'shop-a-b-access' already that was not made for this environment", refused.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, await simulator.InventoryAsync());
        Assert.DoesNotContain((await simulator.CallsAsync()).Skip(before.Count), call => call.EndsWith("ExecuteChangeSet", StringComparison.Ordinal) || call.EndsWith("SetStackPolicy", StringComparison.Ordinal));
    }

    private static IEnumerable<string> StacksOf(IReadOnlyList<string> inventory) => inventory.Select(line => line.Split(' ')[^1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
