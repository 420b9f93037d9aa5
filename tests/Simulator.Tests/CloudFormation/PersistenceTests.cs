using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests.CloudFormation;

public sealed class PersistenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulator-").FullName;

    [Fact]
    public async Task What_was_begun_goes_on_in_the_next_run_of_the_simulator()
    {
        var network = GoldenStacks.Of("production", "network");
        var options = new SimulatorOptions { Region = "eu-central-1", StateFolder = _folder, Speed = ClockSpeed.Max, Start = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero) };
        await using (var first = await StackDriver.StartAsync(options))
        {
            await first.ExecuteAsync(await first.PrepareAsync(network.Name, network.Template, network.Input));
            first.Pass(TimeSpan.FromSeconds(60));
            await first.Client.UpdateTerminationProtectionAsync(network.Name, true, StackDriver.Token);
        }

        await using var second = await StackDriver.StartAsync(options);
        var begun = await second.Client.DescribeStackAsync(network.Name, StackDriver.Token);
        var ended = await second.EndOfAsync(network.Name);

        Assert.Equal(("CREATE_IN_PROGRESS", true), (begun?.StackStatus, begun?.EnableTerminationProtection));
        Assert.Equal("CREATE_COMPLETE", ended.StackStatus);
        Golden.Matches(string.Join('\n', await second.TimedEventsAsync(ended.StackId)) + "\n", "CloudFormation/network-created.txt");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
