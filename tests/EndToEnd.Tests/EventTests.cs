using System.Collections.Concurrent;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class EventTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_events_of_a_resource_come_in_their_order_and_once_for_all_replicas()
    {
        var told = new ConcurrentQueue<string>();
        await using var app = await Applications.StartAsync(builder =>
        {
            _ = builder.OnBeforeStart((_, _) => Tell(told, "before start"));
            _ = builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Tell(told, "after created"));
            builder.AddService("service").WithReplicas(2)
                .OnInitializeResource((_, _, _) => Tell(told, "initialize"))
                .OnResourceEndpointsAllocated((service, _, _) => Tell(told, service.GetEndpoint("http").IsAllocated ? "endpoints allocated" : "no endpoints"))
                .OnBeforeResourceStarted((_, _, _) => Tell(told, "before started"))
                .OnResourceReady((_, _, _) => Tell(told, "ready"))
                .OnResourceStopped((_, stopped, _) => Tell(told, $"stopped: {stopped.ResourceEvent.Snapshot.State?.Text}"));
        });
        await app.HealthyAsync("service");

        var service = app.Model.Resources.Single();
        await app.ResourceCommands.ExecuteCommandAsync(service, "stop", TestContext.Current.CancellationToken);

        string[] expected = ["before start", "initialize", "endpoints allocated", "before started", "ready", "stopped: Finished", "stopped: Finished"];
        await Eventually.TrueAsync(() => told.Where(text => text != "after created").Count() == expected.Length, Applications.Soon, $"{expected.Length} events");
        Assert.Equal(expected, told.Where(text => text != "after created"));
        Assert.Contains("after created", told);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Others_wait_until_those_who_hear_of_the_health_are_done()
    {
        var seeded = new TaskCompletionSource();
        await using var app = await Applications.StartAsync(builder =>
        {
            var database = builder.AddShell("database", "exec sleep 1000").OnResourceReady((_, _, token) => seeded.Task.WaitAsync(token));
            builder.AddShell("web", "exec sleep 1000").WaitFor(database);
        });
        await app.InStateAsync("web", KnownResourceStates.Waiting);
        await app.InStateAsync("database", KnownResourceStates.Running);

        var before = app.Snapshot("web").State?.Text;
        seeded.SetResult();

        await app.HealthyAsync("web");
        Assert.Equal(KnownResourceStates.Waiting, before);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_resource_of_the_users_own_kind_leads_its_own_life()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var clock = builder.AddResource(new Clock("clock")).OnInitializeResource(async (resource, begun, token) =>
            {
                begun.Logger.LogGreeting("clock");
                await begun.Notifications.PublishUpdateAsync(resource, state => state with { State = KnownResourceStates.Running, ResourceReadyEvent = new EventSnapshot(Task.CompletedTask) });
                await Task.Delay(Timeout.Infinite, token);
            });
            builder.AddShell("web", "exec sleep 1000").WaitFor(clock);
        });

        await app.HealthyAsync("clock");
        await app.HealthyAsync("web");

        Assert.Equal("Clock", app.Snapshot("clock").ResourceType);
        Assert.Equal(["Hello from clock"], app.Lines("clock"));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task An_event_that_fails_keeps_the_resource_from_starting()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddShell("web", "exec sleep 1000")
            .OnBeforeResourceStarted((_, _, _) => throw new InvalidOperationException("No licence.")));

        await app.InStateAsync("web", KnownResourceStates.FailedToStart);

        Assert.Contains(app.Lines("web"), line => line.Contains("No licence.", StringComparison.Ordinal));
    }

    private static Task Tell(ConcurrentQueue<string> told, string what)
    {
        told.Enqueue(what);
        return Task.CompletedTask;
    }

    private sealed class Clock(string name) : Resource(name);
}
