namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class StartAndStopTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_AppHost_brings_up_the_web_application()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--AppHost:BundlePath={Need.Bundle()}"], TestContext.Current.CancellationToken);
        await using var app = await builder.StartedAsync();

        var ready = await app.HealthyAsync("webapp");
        using var http = app.CreateHttpClient("webapp");
        using var answer = await http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("text/html; charset=utf-8", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.ToString());
        Assert.Equal("Project", ready.Snapshot.ResourceType);
        Assert.Equal(KnownResourceStateStyles.Success, ready.Snapshot.State?.Style);
        Assert.NotNull(ready.Snapshot.StartTimeStamp);
        Assert.Equal([http.BaseAddress?.ToString().TrimEnd('/')], ready.Snapshot.Urls.Select(url => url.Url));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Stop_start_and_restart_keep_the_public_port()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));
        await app.HealthyAsync("service");
        var address = app.GetEndpoint("service");
        var first = await app.AskAsync<int>("service", "who");

        Assert.True((await app.CommandAsync("service", "stop")).Success);
        var stopped = app.Snapshot("service");
        Assert.True((await app.CommandAsync("service", "start")).Success);
        await app.HealthyAsync("service");
        var second = await app.AskAsync<int>("service", "who");
        Assert.True((await app.CommandAsync("service", "restart")).Success);
        await app.HealthyAsync("service");
        var third = await app.AskAsync<int>("service", "who");

        Assert.Equal(new ResourceStateSnapshot(KnownResourceStates.Finished, Style: null), stopped.State);
        Assert.Equal(0, stopped.ExitCode);
        Assert.True(Assert.Single(stopped.Urls).IsInactive);
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        Assert.Equal(address, app.GetEndpoint("service"));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_buttons_follow_the_state()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));

        await app.HealthyAsync("service");
        var running = Buttons(app);
        await app.CommandAsync("service", "stop");
        var stopped = Buttons(app);

        Assert.Equal("start Hidden, stop Enabled, restart Enabled", running);
        Assert.Equal("start Enabled, stop Hidden, restart Disabled", stopped);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_resource_with_explicit_start_waits_for_the_command()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.AddShell("tool", "echo started; exec sleep 1000").WithExplicitStart();
            builder.AddShell("other", "exec sleep 1000");
        });

        await app.HealthyAsync("other");
        var before = app.Snapshot("tool").State?.Text;
        var started = await app.CommandAsync("tool", "start");

        Assert.Equal(KnownResourceStates.NotStarted, before);
        Assert.True(started.Success);
        await app.HealthyAsync("tool");
        await app.LineAsync("tool", "started");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_command_of_the_model_runs_with_the_instance_and_its_log()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.AddShell("tool", "exec sleep 1000").WithCommand("greet", "Greet", context =>
            {
                context.Logger.LogGreeting(context.ResourceName);
                return Task.FromResult(CommandResults.Success());
            });
            builder.AddShell("broken", "exec sleep 1000").WithCommand("break", "Break", _ => throw new InvalidOperationException("It broke."));
        });
        var instance = await app.HealthyAsync("tool");

        var greeted = await app.CommandAsync("tool", "greet");
        var broken = await app.CommandAsync("broken", "break");

        Assert.Equal(CommandResults.Success(), greeted);
        await app.LineAsync("tool", $"Hello from {instance.ResourceId}");
        Assert.Equal(CommandResults.Failure("It broke."), broken);
    }

    private static string Buttons(DistributedApplication app) =>
        string.Join(", ", app.Snapshot("service").Commands.Select(command => $"{command.Name} {command.State}"));
}
