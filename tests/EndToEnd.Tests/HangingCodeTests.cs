using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class HangingCodeTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_health_check_that_never_answers_does_not_hold_up_the_stop()
    {
        var asked = new TaskCompletionSource();
        var app = await Applications.StartAsync(builder =>
        {
            builder.Services.AddHealthChecks().AddAsyncCheck("never", () =>
            {
                asked.TrySetResult();
                return new TaskCompletionSource<HealthCheckResult>().Task;
            });
            builder.AddShell("tool", "exec sleep 1000").WithHealthCheck("never");
        });
        await asked.Task.WaitAsync(Applications.Soon, TestContext.Current.CancellationToken);

        await app.DisposeAsync();
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_callback_that_never_returns_holds_up_neither_the_stop_command_nor_the_stop()
    {
        var app = await Applications.StartAsync(builder =>
        {
            builder.AddShell("tool", "exec sleep 1000").WithEnvironment(_ => new TaskCompletionSource().Task);
            builder.AddShell("other", "exec sleep 1000").WithEnvironment(_ => new TaskCompletionSource().Task);
        });
        await app.InStateAsync("tool", KnownResourceStates.Starting);

        var stopped = await app.CommandAsync("tool", "stop");
        await app.DisposeAsync();

        Assert.True(stopped.Success);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_subscriber_that_never_returns_does_not_hold_up_the_stop()
    {
        var app = await Applications.StartAsync(builder =>
            builder.AddShell("tool", "exec sleep 1000").OnInitializeResource((_, _, _) => new TaskCompletionSource().Task));

        await app.DisposeAsync();
    }
}
