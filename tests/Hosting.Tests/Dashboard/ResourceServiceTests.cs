using Grpc.Core;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dashboard.Wire;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class ResourceServiceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task A_call_with_the_wrong_key_is_refused(string key)
    {
        await using var service = await ResourceServiceFixture.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Client.GetApplicationInformationAsync(new(), ResourceServiceFixture.WithKey(key)));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task The_dashboard_learns_the_name_of_the_application()
    {
        await using var service = await ResourceServiceFixture.StartAsync();

        var answer = await service.Client.GetApplicationInformationAsync(new(), service.Key);

        Assert.Equal(new ApplicationInformationResponse { ApplicationName = "Shop" }, answer);
    }

    [Fact]
    public async Task A_service_without_resources_says_so_at_once()
    {
        await using var service = await ResourceServiceFixture.StartAsync();

        using var call = service.Client.WatchResources(new(), service.Key);
        var first = await NextAsync(call.ResponseStream);

        Assert.Equal(new WatchResourcesUpdate { InitialData = new() }, first);
    }

    [Fact]
    public async Task What_is_known_comes_first_and_then_what_changes_and_nothing_twice()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var web = FakeApplication.Resource("web");
        var cache = FakeApplication.Resource("cache");
        await service.Application.PublishAsync(web, "Starting");
        await service.Application.PublishAsync(cache, "Running");

        using var call = service.Client.WatchResources(new(), service.Key);
        var initial = await NextAsync(call.ResponseStream);
        await service.Application.PublishAsync(web, "Running");
        var change = await NextAsync(call.ResponseStream);

        Assert.Equal(["web Starting", "cache Running"], initial.InitialData.Resources.Select(Say));
        Assert.Equal(["web Running"], change.Changes.Value.Select(value => Say(value.Upsert)));
    }

    [Fact]
    public async Task Changes_in_quick_succession_come_together_each_resource_once()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var web = FakeApplication.Resource("web");
        var cache = FakeApplication.Resource("cache");
        using var call = service.Client.WatchResources(new(), service.Key);
        _ = await NextAsync(call.ResponseStream);

        await service.Application.PublishAsync(cache, "Running");
        for (var i = 1; i <= 500; i++)
        {
            await service.Application.PublishAsync(web, $"Step {i}");
        }

        var updates = new List<WatchResourcesUpdate>();
        do
        {
            updates.Add(await NextAsync(call.ResponseStream));
        }
        while (updates[^1].Changes.Value.All(value => value.Upsert.State != "Step 500"));

        Assert.All(updates, update => Assert.Distinct(update.Changes.Value.Select(value => value.Upsert.Name)));
        Assert.InRange(updates.Count, 1, 499);
    }

    [Fact]
    public async Task A_restart_replaces_the_resource_and_never_deletes_it()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var web = FakeApplication.Resource("web");
        await service.Application.PublishAsync(web, "Running");
        using var call = service.Client.WatchResources(new(), service.Key);
        _ = await NextAsync(call.ResponseStream);

        var seen = new List<WatchResourcesChange>();
        foreach (var state in new[] { "Stopping", "Exited", "Starting", "Running" })
        {
            await service.Application.PublishAsync(web, state);
            seen.AddRange((await NextAsync(call.ResponseStream)).Changes.Value);
        }

        Assert.Equal(["web Stopping", "web Exited", "web Starting", "web Running"], seen.Select(change => Say(change.Upsert)));
    }

    [Fact]
    public async Task A_dashboard_that_connects_again_gets_everything_anew()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var web = FakeApplication.Resource("web");
        await service.Application.PublishAsync(web, "Starting");
        using (var first = service.Client.WatchResources(new(), service.Key))
        {
            _ = await NextAsync(first.ResponseStream);
        }

        await service.Application.PublishAsync(web, "Running");
        using var second = service.Client.WatchResources(new() { IsReconnect = true }, service.Key);
        var again = await NextAsync(second.ResponseStream);

        Assert.Equal(["web Running"], again.InitialData.Resources.Select(Say));
    }

    [Fact]
    public async Task A_console_log_comes_with_what_was_said_before_and_goes_on_live()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        service.Application.Loggers.Append("web-1", "listening", isError: false);
        service.Application.Loggers.Append("web-1", "no config", isError: true);

        using var call = service.Client.WatchResourceConsoleLogs(new() { ResourceName = "web-1" }, service.Key);
        var before = await NextAsync(call.ResponseStream);
        service.Application.Loggers.Append("web-1", "GET /", isError: false);
        var live = await NextAsync(call.ResponseStream);

        Assert.Equal(
            [
                new ConsoleLogLine { LineNumber = 1, Text = "listening", IsStdErr = false },
                new ConsoleLogLine { LineNumber = 2, Text = "no config", IsStdErr = true },
            ],
            before.LogLines);
        Assert.Equal([new ConsoleLogLine { LineNumber = 3, Text = "GET /", IsStdErr = false }], live.LogLines);
    }

    [Fact]
    public async Task A_console_log_that_is_not_followed_ends()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        for (var i = 1; i <= 2500; i++)
        {
            service.Application.Loggers.Append("web-1", $"line {i}", isError: false);
        }

        using var call = service.Client.WatchResourceConsoleLogs(new() { ResourceName = "web-1", SuppressFollow = true }, service.Key);
        var numbers = await call.ResponseStream.ReadAllAsync(Cancelled).SelectMany(update => update.LogLines).Select(line => line.LineNumber).ToListAsync(Cancelled);

        Assert.Equal(Enumerable.Range(1, 2500), numbers);
    }

    [Fact]
    public async Task The_end_of_a_command_is_told_as_it_was()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var web = FakeApplication.Resource(
            "web",
            FakeApplication.Command("good", _ => Task.FromResult(CommandResults.Success() with { Message = "3 rows deleted" })),
            FakeApplication.Command("bad", _ => Task.FromResult(CommandResults.Failure("the table is locked"))),
            FakeApplication.Command("broken", _ => throw new InvalidOperationException("no table")),
            FakeApplication.Command("off", _ => Task.FromResult(CommandResults.Canceled())));
        await service.Application.PublishAsync(web, "Running");

        async Task<ResourceCommandResponse> RunAsync(string resource, string command) =>
            await service.Client.ExecuteResourceCommandAsync(new() { ResourceName = resource, CommandName = command }, service.Key);

        Assert.Equal(Ended(ResourceCommandResponseKind.Succeeded, "3 rows deleted", error: null), await RunAsync("web", "good"));
        Assert.Equal(Failed("the table is locked"), await RunAsync("web", "bad"));
        Assert.Equal(Failed("no table"), await RunAsync("web", "broken"));
        Assert.Equal(Ended(ResourceCommandResponseKind.Cancelled, message: null, error: null), await RunAsync("web", "off"));
        Assert.Equal(Failed("The resource 'web' has no command 'bake'."), await RunAsync("web", "bake"));
        Assert.Equal(Failed("There is no resource 'wob'."), await RunAsync("wob", "good"));
    }

    [Fact]
    public async Task A_command_ends_when_the_dashboard_hangs_up()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await service.Application.PublishAsync(
            FakeApplication.Resource("web", FakeApplication.Command("wait", async context =>
            {
                await using var registration = context.CancellationToken.Register(ended.SetResult);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return CommandResults.Success();
            })),
            "Running");

        using (var call = service.Client.ExecuteResourceCommandAsync(new() { ResourceName = "web", CommandName = "wait" }, service.Key))
        {
            await started.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    [Fact]
    public async Task The_host_stops_though_a_dashboard_follows_everything()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        using var resources = service.Client.WatchResources(new(), service.Key);
        using var logs = service.Client.WatchResourceConsoleLogs(new() { ResourceName = "web" }, service.Key);
        using var interactions = service.Client.WatchInteractions(service.Key);
        _ = await NextAsync(resources.ResponseStream);
        service.Application.Loggers.Append("web", "hello", isError: false);
        _ = await NextAsync(logs.ResponseStream);
        _ = service.Application.Prompts.AskAsync(new("Name?", "", []), Cancelled);
        _ = await NextAsync(interactions.ResponseStream);

        await service.Host.DisposeAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await service.Client.GetApplicationInformationAsync(new(), service.Key));

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    private static async Task<T> NextAsync<T>(IAsyncStreamReader<T> stream)
    {
        Assert.True(await stream.MoveNext(Cancelled), "The stream ended.");
        return stream.Current;
    }

    private static string Say(Hosting.Dashboard.Wire.Resource resource) => $"{resource.Name} {resource.State}";

    private static ResourceCommandResponse Failed(string error) => Ended(ResourceCommandResponseKind.Failed, error, error);

    private static ResourceCommandResponse Ended(ResourceCommandResponseKind kind, string? message, string? error)
    {
        var response = new ResourceCommandResponse { Kind = kind };
        if (message is not null)
        {
            response.Message = message;
        }

        if (error is not null)
        {
            response.ErrorMessage = error;
        }

        return response;
    }
}
