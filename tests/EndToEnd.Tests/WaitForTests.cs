using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class WaitForTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-wait-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task WaitFor_holds_a_resource_until_the_other_is_healthy()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var database = builder.AddService("database").WithEnvironment("SICK", "yes");
            builder.AddShell("web", "exec sleep 1000").WaitFor(database);
        });

        var waiting = await app.InStateAsync("web", KnownResourceStates.Waiting);
        await app.InStateAsync("database", KnownResourceStates.Running);
        await app.AskAsync<bool>("database", "well");
        await app.HealthyAsync("web");

        Assert.Equal(["database"], waiting.Snapshot.Properties.Single(property => property.Name == "resource.waitingFor").Value as IEnumerable<string>);
        Assert.DoesNotContain(app.Snapshot("web").Properties, property => property.Name == "resource.waitingFor");
        Assert.Equal("Waiting for database.", app.Lines("web")[0]);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task WaitForStart_does_not_ask_for_health()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var database = builder.AddService("database").WithEnvironment("SICK", "yes");
            builder.AddShell("web", "exec sleep 1000").WaitForStart(database);
        });

        await app.HealthyAsync("web");

        Assert.Null(app.Snapshot("database").ResourceReadyEvent);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task WaitForCompletion_starts_a_resource_after_the_other_has_ended_as_wanted()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var migration = builder.AddShell("migration", "exit 0");
            var check = builder.AddShell("check", "exit 3");
            builder.AddShell("web", "exec sleep 1000").WaitForCompletion(migration).WaitForCompletion(check, exitCode: 3);
        });

        await app.HealthyAsync("web");

        Assert.Equal(0, app.Snapshot("migration").ExitCode);
        Assert.Equal(3, app.Snapshot("check").ExitCode);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_failed_completion_says_why_the_other_was_not_started_and_both_can_be_started_again()
    {
        var mended = Path.Combine(_folder, "mended");
        await using var app = await Applications.StartAsync(builder =>
        {
            var migration = builder.AddShell("migration", $"test -e {mended}");
            builder.AddShell("web", "exec sleep 1000").WaitForCompletion(migration);
        });

        var failed = await app.InStateAsync("web", KnownResourceStates.FailedToStart);
        var log = app.Lines("web");
        await File.WriteAllTextAsync(mended, "", TestContext.Current.CancellationToken);
        await app.CommandAsync("migration", "start");
        await app.InStateAsync("migration", KnownResourceStates.Finished);
        var again = await app.CommandAsync("web", "start");

        Assert.Equal(KnownResourceStateStyles.Error, failed.Snapshot.State?.Style);
        Assert.Equal(
            [
                "Waiting for migration.",
                "error HST103: 'web' was not started, because 'migration' ended with exit code 1 where 0 was waited for.",
                "  at  resources.web",
                "  fix Mend 'migration' and start it again.   see docs/errors.md#hst103",
            ],
            log);
        Assert.Equal(CommandResults.Success(), again);
        await app.HealthyAsync("web");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_resource_that_waits_can_be_stopped_and_started_again()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var database = builder.AddService("database").WithEnvironment("SICK", "yes");
            builder.AddShell("web", "exec sleep 1000").WaitFor(database);
        });
        await app.InStateAsync("web", KnownResourceStates.Waiting);
        await app.InStateAsync("database", KnownResourceStates.Running);

        var stopped = await app.CommandAsync("web", "stop");
        var after = app.Snapshot("web");
        await app.AskAsync<bool>("database", "well");
        var started = await app.CommandAsync("web", "start");

        Assert.Equal((CommandResults.Success(), KnownResourceStates.NotStarted), (stopped, after.State?.Text));
        Assert.DoesNotContain(after.Properties, property => property.Name == "resource.waitingFor");
        Assert.Equal(CommandResults.Success(), started);
        await app.HealthyAsync("web");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_wait_goes_on_when_the_other_crashes_unless_the_model_says_stop()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
            var database = builder.AddShell("database", "exit 5").WithHealthCheck("never");
            builder.AddShell("patient", "exec sleep 1000").WaitFor(database);
            builder.AddShell("strict", "exec sleep 1000").WaitFor(database, WaitBehavior.StopOnResourceUnavailable);
        });

        await app.InStateAsync("strict", KnownResourceStates.FailedToStart);

        Assert.Equal(KnownResourceStates.Waiting, app.Snapshot("patient").State?.Text);
        Assert.Contains("error HST103: 'strict' was not started, because 'database', which it waits for, is Exited with exit code 5.", app.Lines("strict"));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_chain_comes_up_in_its_order()
    {
        var order = Path.Combine(_folder, "order");
        await using var app = await Applications.StartAsync(builder =>
        {
            var third = builder.AddShell("third", $"echo third >> {order}; exec sleep 1000");
            var first = builder.AddShell("first", $"echo first >> {order}; exec sleep 1000");
            var second = builder.AddShell("second", $"echo second >> {order}");
            second.WaitFor(first);
            third.WaitForCompletion(second);
        });

        await app.HealthyAsync("third");

        await Eventually.TrueAsync(() => File.ReadAllText(order) == "first\nsecond\nthird\n", Applications.Soon, "all three lines");
    }
}
