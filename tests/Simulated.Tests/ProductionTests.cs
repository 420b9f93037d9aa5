using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>An environment that must not go by mistake, and goes where somebody means it.</summary>
public sealed class ProductionTests : IDisposable
{
    private const string Settings = """
        {
          "application": "shop", "profile": "production", "account": "123456789012", "region": "us-east-1",
          "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" }
        }
        """;

    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Production_goes_only_in_a_second_run_by_who_says_that_he_knows()
    {
        _shop.Settings("production", Settings);
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();
        var inventory = await simulator.InventoryAsync();

        var refused = await RunAsync(simulator, "destroy", "--confirm", "shop-production");
        var known = await RunAsync(simulator, "destroy", "--confirm", "shop-production", "--i-know");
        var opened = (await RunAsync(simulator, "destroy", "--unprotect")).Succeeded();
        var unknown = await RunAsync(simulator, "destroy", "--confirm", "shop-production");
        var unnamed = await RunAsync(simulator, "destroy", "--i-know");
        var misnamed = await RunAsync(simulator, "destroy", "--confirm", "shop-dev", "--i-know");
        var roles = await RunAsync(simulator, "destroy", "--confirm", "shop-production", "--i-know", "--include-access");
        (await RunAsync(simulator, "destroy", "--unprotect", "--include-access")).Succeeded();
        var before = await simulator.InventoryAsync();
        var end = (await RunAsync(simulator, "destroy", "--confirm", "shop-production", "--i-know", "--include-access")).Succeeded();

        Assert.Equal(("DEP469 DEP470", "DEP469", "DEP470", "DEP467", "DEP468"), (Codes(refused), Codes(known), Codes(unknown), Codes(unnamed), Codes(misnamed)));
        Assert.Equal((2, 4, 2, 2, 2), (refused.ExitCode, known.ExitCode, unknown.ExitCode, unnamed.ExitCode, misnamed.ExitCode));
        Assert.Contains("Run 'platform aws destroy --unprotect --include-access' first", roles.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was deleted.", opened.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, before);
        Golden.Matches(Masks.Of(end.Out), "Production/destroyed.txt");
        Golden.Matches(string.Join('\n', await simulator.InventoryAsync()) + "\n", "Production/left.txt");
    }

    private static string Codes(Ended ended) => string.Join(' ', ended.Codes);

    private Task<Ended> RunAsync(SimulatorProcess simulator, params string[] arguments) => _shop.RunAsync(simulator, [.. arguments, "--environment", "production"]);
}
