namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>The life of one stack: what its events say, and when.</summary>
public sealed class StackLifeTests
{
    [Fact]
    public async Task The_network_of_production_is_created_in_the_order_of_its_references()
    {
        await using var driver = await StackDriver.StartAsync();
        var network = GoldenStacks.Of("production", "network");

        var created = await driver.DeployAsync(network.Name, network.Template, network.Input);

        Assert.Equal("CREATE_COMPLETE", created.StackStatus);
        Golden.Matches(string.Join('\n', await driver.TimedEventsAsync(created.StackId)) + "\n", "CloudFormation/network-created.txt");
    }

    [Fact]
    public async Task The_cluster_brings_its_group_interfaces_and_log_group_and_a_dying_one_writes_the_log_group_anew()
    {
        await using var driver = await StackDriver.StartAsync();
        foreach (var stack in GoldenStacks.Of("dev").Where(stack => stack.Name is not "shop-dev-addons"))
        {
            await driver.DeployAsync(stack.Name, stack.Template, stack.Input);
        }

        var before = driver.Planted();
        await driver.DeleteAsync("shop-dev-cluster", TimeSpan.FromSeconds(300));
        await driver.DeleteAsync("shop-dev-identity", TimeSpan.FromSeconds(20));
        var without = driver.Planted();
        driver.Pass(TimeSpan.FromMinutes(10));
        var after = driver.Planted();

        Golden.Matches(
            $"with the cluster:\n{string.Join('\n', before)}\nafter it and its log group:\n{string.Join('\n', without)}\nlater:\n{string.Join('\n', after)}\n",
            "CloudFormation/cluster-surroundings.txt");
    }
}
