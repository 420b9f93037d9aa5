using System.Collections.Concurrent;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class ReplicaTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Replicas_share_one_public_port_and_take_turns()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service").WithReplicas(2));
        var instances = await HealthyInstancesAsync(app, 2);

        var answered = new ConcurrentBag<int>();
        await Eventually.TrueAsync(
            async _ =>
            {
                answered.Add(await app.AskAsync<int>("service", "who"));
                return answered.Distinct().Count() == 2;
            },
            Applications.Soon,
            "answers of both");

        Assert.All(instances, id => Assert.StartsWith("service-", id, StringComparison.Ordinal));
        Assert.Single(instances.SelectMany(id => app.Snapshot(id).Urls).Select(url => url.Url).Distinct());
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task One_replica_can_be_stopped_while_the_other_answers()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service").WithReplicas(2));
        var instances = await HealthyInstancesAsync(app, 2);

        await app.CommandAsync(instances[0], "stop");
        var answers = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await app.AskAsync<int>("service", "who"));
        }

        Assert.Equal(KnownResourceStates.Finished, app.Snapshot(instances[0]).State?.Text);
        Assert.Equal([Convert.ToInt32(app.Snapshot(instances[1]).Properties.Single(property => property.Name == "executable.pid").Value, provider: null)], answers.Distinct());
        Assert.Equal(CommandResults.Success(), await app.CommandAsync(instances[0], "start"));
        await HealthyInstancesAsync(app, 2);
    }

    private static async Task<List<string>> HealthyInstancesAsync(DistributedApplication app, int count)
    {
        var healthy = new List<string>();
        await Eventually.TrueAsync(
            () =>
            {
                healthy = [.. app.ResourceNotifications.Current().Where(known => ResourceNotificationService.IsHealthy(known.Snapshot)).Select(known => known.ResourceId)];
                return healthy.Count == count;
            },
            Applications.Soon,
            $"{count} healthy instances");
        return healthy;
    }
}
