using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class HealthTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_sick_service_is_unhealthy_until_it_is_well_again()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));
        await app.HealthyAsync("service");

        await app.AskAsync<bool>("service", "sick");
        var sick = await app.UntilAsync("service", snapshot => snapshot.HealthStatus == HealthStatus.Unhealthy, "unhealthy");
        await app.AskAsync<bool>("service", "well");
        await app.UntilAsync("service", snapshot => snapshot.HealthStatus == HealthStatus.Healthy, "well");

        var report = Assert.Single(sick.Snapshot.HealthReports);
        Assert.Equal("service_/health_200_check", report.Name);
        Assert.Matches("^http://localhost:[0-9]+/health answered 503 where 200 is healthy\\.$", report.Description);
        Assert.Equal(KnownResourceStates.Running, sick.Snapshot.State?.Text);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_check_of_the_model_decides_too()
    {
        var isLong = true;
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck(
                "queue", () => Volatile.Read(ref isLong) ? HealthCheckResult.Degraded("The queue is long.") : HealthCheckResult.Healthy());
            builder.AddShell("worker", "exec sleep 1000").WithHealthCheck("queue");
        });

        var degraded = await app.UntilAsync("worker", snapshot => snapshot.HealthStatus == HealthStatus.Degraded, "degraded");
        Volatile.Write(ref isLong, false);
        await app.HealthyAsync("worker");

        Assert.Equal("The queue is long.", Assert.Single(degraded.Snapshot.HealthReports).Description);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_service_outside_is_watched_and_can_be_waited_for()
    {
        await using var outside = await Applications.StartAsync(builder => builder.AddService("outside").WithEnvironment("SICK", "yes"));
        await outside.InStateAsync("outside", KnownResourceStates.Running);
        await outside.LineAsync("outside", "out: it listens");
        await using var app = await Applications.StartAsync(builder =>
        {
            var service = builder.AddExternalService("partner", outside.GetEndpoint("outside")).WithHttpHealthCheck("/health");
            builder.AddShell("web", "exec sleep 1000").WaitFor(service);
        });

        var sick = await app.UntilAsync("partner", snapshot => snapshot.HealthStatus == HealthStatus.Unhealthy && snapshot.HealthReports[0].Status is not null, "checked");
        var waiting = app.Snapshot("web").State?.Text;
        await outside.AskAsync<bool>("outside", "well");

        await app.HealthyAsync("web");
        Assert.Equal((KnownResourceStates.Running, "ExternalService"), (sick.Snapshot.State?.Text, sick.Snapshot.ResourceType));
        Assert.Equal(KnownResourceStates.Waiting, waiting);
    }
}
