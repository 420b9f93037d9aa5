using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ResourceNotificationTests : IDisposable
{
    private static readonly string Running = KnownResourceStates.Running;

    private readonly ModelFolder _folder = new();
    private readonly ResourceNotificationService _notifications = new();
    private readonly IResourceBuilder<ContainerResource> _web;
    private readonly IResourceBuilder<ContainerResource> _api;

    public ResourceNotificationTests()
    {
        var builder = _folder.ForRun();
        _web = builder.AddContainer("web", "image");
        _api = builder.AddContainer("api", "image");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_watcher_is_told_what_is_known_and_then_every_change()
    {
        await PublishAsync(_web, "Starting");
        await PublishAsync(_api, Running);
        await PublishAsync(_web, Running);
        await using var watch = _notifications.WatchAsync(Token).GetAsyncEnumerator(Token);

        var seen = new List<string> { await NextAsync(watch), await NextAsync(watch) };
        await PublishAsync(_api, "Exited");
        seen.Add(await NextAsync(watch));

        Assert.Equal(["web is Running", "api is Running", "api is Exited"], seen);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_not_told()
    {
        await PublishAsync(_web, Running);
        await using var watch = _notifications.WatchAsync(Token).GetAsyncEnumerator(Token);
        await NextAsync(watch);

        await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot);
        await PublishAsync(_web, "Exited");

        Assert.Equal("web is Exited", await NextAsync(watch));
    }

    [Fact]
    public async Task A_snapshot_is_made_from_the_last_one()
    {
        _web.WithInitialState(new CustomResourceSnapshot { ResourceType = "Own", Properties = [], ExitCode = 1 });

        await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot with { ExitCode = snapshot.ExitCode + 1 });
        await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot with { ExitCode = snapshot.ExitCode + 1 });

        Assert.True(_notifications.TryGetCurrentState("web", out var known));
        Assert.Equal(("Own", 3), (known.Snapshot.ResourceType, known.Snapshot.ExitCode));
    }

    [Fact]
    public async Task Changes_from_many_threads_are_all_seen()
    {
        await Parallel.ForAsync(0, 1000, Token, async (_, _) =>
            await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot with { ExitCode = (snapshot.ExitCode ?? 0) + 1 }));

        Assert.True(_notifications.TryGetCurrentState("web", out var known));
        Assert.Equal(1000, known.Snapshot.ExitCode);
    }

    [Fact]
    public async Task The_only_instance_is_known_by_the_name_of_its_resource()
    {
        _web.Resource.Annotations.Add(new ResourceInstancesAnnotation(["web-abc"]));
        _api.Resource.Annotations.Add(new ResourceInstancesAnnotation(["api-abc", "api-def"]));

        await PublishAsync(_web, Running);
        await PublishAsync(_api, Running);

        Assert.Equal(
            (true, true, true, false, false),
            (Knows("web"), Knows("WEB-ABC"), Knows("api-def"), Knows("api"), Knows("nobody")));
    }

    [Fact]
    public async Task A_state_is_waited_for()
    {
        var wait = _notifications.WaitForResourceAsync("WEB", Running, Token);
        var either = _notifications.WaitForResourceAsync("web", ["Exited", "Finished"], Token);

        await PublishAsync(_api, Running);
        Assert.False(wait.IsCompleted);
        await PublishAsync(_web, Running);
        await wait;
        Assert.False(either.IsCompleted);
        await PublishAsync(_web, "Finished");

        Assert.Equal("Finished", await either);
    }

    [Fact]
    public async Task A_state_that_is_there_already_is_not_waited_for()
    {
        await PublishAsync(_web, Running);

        await _notifications.WaitForResourceAsync("web", cancellationToken: Token);
    }

    [Fact]
    public async Task A_wait_can_be_ended()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var wait = _notifications.WaitForResourceAsync("web", Running, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_resource_is_healthy_when_it_runs_its_checks_pass_and_its_ready_event_is_over()
    {
        var ready = new TaskCompletionSource();
        var wait = _notifications.WaitForResourceHealthyAsync("web", Token);

        await PublishAsync(_web, Running, Report("a", HealthStatus.Healthy), Report("b", null));
        await PublishAsync(_web, Running, Report("a", HealthStatus.Healthy), Report("b", HealthStatus.Healthy));
        Assert.False(wait.IsCompleted);
        await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot with { ResourceReadyEvent = new EventSnapshot(ready.Task) });
        Assert.False(wait.IsCompleted);
        ready.SetResult();

        Assert.Equal(HealthStatus.Healthy, (await wait).Snapshot.HealthStatus);
    }

    [Fact]
    public async Task A_wait_for_health_fails_where_the_resource_ends_and_that_is_not_to_be_waited_out()
    {
        var wait = _notifications.WaitForResourceHealthyAsync("web", WaitBehavior.StopOnResourceUnavailable, Token);

        await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot with
        {
            State = "Exited",
            ExitCode = 134,
            HealthReports = [Report("web_/health_200_check", HealthStatus.Unhealthy) with { Description = "Connection refused" }],
        });

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => wait);
        Assert.Equal(
            """
            error HST102: 'web' does not get healthy: it ended with exit code 134, and its check 'web_/health_200_check' fails.
              at  resources.web
                | Connection refused
              fix Read the last lines of its console log and mend what it complains about.   see docs/errors.md#hst102

            """,
            exception.Message);
    }

    [Theory]
    [InlineData("Running", new HealthStatus[0], HealthStatus.Healthy)]
    [InlineData("Running", new[] { HealthStatus.Healthy, HealthStatus.Degraded }, HealthStatus.Degraded)]
    [InlineData("Running", new[] { HealthStatus.Degraded, HealthStatus.Unhealthy, HealthStatus.Healthy }, HealthStatus.Unhealthy)]
    [InlineData("Starting", new[] { HealthStatus.Healthy }, null)]
    [InlineData("Exited", new HealthStatus[0], null)]
    public void The_health_of_a_resource_is_that_of_its_worst_check(string state, HealthStatus[] reports, HealthStatus? expected)
    {
        var snapshot = new CustomResourceSnapshot
        {
            ResourceType = "Container",
            Properties = [],
            State = state,
            HealthReports = [.. reports.Select((status, i) => Report($"check{i}", status))],
        };

        Assert.Equal(expected, snapshot.HealthStatus);
    }

    [Fact]
    public async Task Commands_are_shown_as_the_state_allows()
    {
        _web.WithCommand("flush", "Flush", _ => Task.FromResult(CommandResults.Success()), new CommandOptions
        {
            UpdateState = context => context.ResourceSnapshot.State?.Text == Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
        });
        var states = new List<ResourceCommandState>();

        foreach (var state in new[] { "Starting", Running })
        {
            await PublishAsync(_web, state);
            Assert.True(_notifications.TryGetCurrentState("web", out var known));
            states.Add(known.Snapshot.Commands.Single().State);
        }

        Assert.Equal([ResourceCommandState.Disabled, ResourceCommandState.Enabled], states);
    }

    private static HealthReportSnapshot Report(string name, HealthStatus? status) => new(name, status, Description: null, ExceptionText: null);

    private static async Task<string> NextAsync(IAsyncEnumerator<ResourceEvent> watch)
    {
        Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token));
        return $"{watch.Current.Resource.Name} is {watch.Current.Snapshot.State?.Text}";
    }

    private bool Knows(string id) => _notifications.TryGetCurrentState(id, out _);

    private Task PublishAsync(IResourceBuilder<IResource> resource, string state, params HealthReportSnapshot[] reports) =>
        _notifications.PublishUpdateAsync(resource.Resource, snapshot => snapshot with { State = state, HealthReports = [.. reports] });
}
