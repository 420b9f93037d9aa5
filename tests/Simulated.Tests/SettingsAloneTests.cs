using System.Text.Json.Nodes;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>An environment whose application is not at hand: a folder with the settings and nothing else.</summary>
public sealed class SettingsAloneTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_environment_is_looked_at_and_destroyed_without_its_application()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images")).Succeeded();
        File.Delete(Path.Combine(_shop.Folder, "manifest.json"));
        _shop.Source = [];

        var status = (await _shop.RunAsync(simulator, "status")).Succeeded();
        var outputs = (await _shop.RunAsync(simulator, "outputs", "--output", "json")).Succeeded();
        var drift = (await _shop.RunAsync(simulator, "drift")).Succeeded();
        var plan = await _shop.RunAsync(simulator, "plan");
        var destroyed = (await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev", "--include-access")).Succeeded();

        Assert.Equal(["environments"], Directory.EnumerateDirectories(_shop.Folder).Select(Path.GetFileName).Except(["state"]));
        Golden.Matches(Masks.Of($"{status.Out}──\n{drift.Out}──\n{plan.Error}── exit code {plan.ExitCode}\n").Replace(_shop.Folder, "FOLDER", StringComparison.Ordinal), "SettingsAlone/looked-at.txt");
        Assert.Equal("shop-dev", (string?)JsonNode.Parse(outputs.Out)!["outputs"]!["cluster"]!["ClusterName"]);
        Assert.Contains("shop-dev is destroyed.", destroyed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(await simulator.InventoryAsync(), line => line.StartsWith("AWS::EC2::", StringComparison.Ordinal) || line.StartsWith("AWS::EKS::", StringComparison.Ordinal) || line.StartsWith("AWS::IAM::Role ", StringComparison.Ordinal));
    }
}
