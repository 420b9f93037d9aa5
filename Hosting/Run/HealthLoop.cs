using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>Checks the health of an instance as long as it runs: often until it is healthy, then now and then.</summary>
internal sealed class HealthLoop(RunContext run, ResourceGroup group, string id) : IAsyncDisposable
{
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhenUnhealthy = TimeSpan.FromSeconds(1);

    private readonly InstanceHealth _checks = new(run.Services);
    private Task _running = Task.CompletedTask;

    public Task RunAsync(ImmutableArray<InstancePort> ports, CancellationToken cancellationToken) => _running = LoopAsync(ports, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _checks.Dispose();
    }

    private async Task LoopAsync(ImmutableArray<InstancePort> ports, CancellationToken cancellationToken)
    {
        var (started, ready) = (run.Time.GetTimestamp(), false);
        while (!cancellationToken.IsCancellationRequested)
        {
            var reports = await _checks.RunAsync(group.Resource, ports, cancellationToken);
            var healthy = reports.All(report => report.Status == HealthStatus.Healthy);
            if (healthy && !ready)
            {
                ready = true;
                Publish(reports, group.OnReady(cancellationToken), cancellationToken);
            }
            else
            {
                Publish(reports, ready: null, cancellationToken);
            }

            if (reports.IsEmpty)
            {
                return;
            }

            await Task.Delay(healthy ? WhenHealthy : ready ? WhenUnhealthy : UntilHealthy(run.Time.GetElapsedTime(started)), run.Time, cancellationToken);
        }
    }

    private static TimeSpan UntilHealthy(TimeSpan elapsed) => TimeSpan.FromMilliseconds(elapsed.TotalSeconds switch
    {
        < 5 => 60,
        < 30 => 250,
        _ => 1000,
    });

    private void Publish(ImmutableArray<HealthReportSnapshot> reports, Task? ready, CancellationToken cancellationToken) =>
        _ = run.Notifications.PublishUpdateAsync(group.Resource, id, state =>
            cancellationToken.IsCancellationRequested || (ready is null && SameResults(state.HealthReports, reports))
                ? state
                : state with { HealthReports = reports, ResourceReadyEvent = ready is null ? state.ResourceReadyEvent : new EventSnapshot(ready) });

    // The time of the last run alone is worth an update only now and then: each one goes to every dashboard.
    private static bool SameResults(ImmutableArray<HealthReportSnapshot> before, ImmutableArray<HealthReportSnapshot> now) =>
        before.Select(report => (report.Name, report.Status, report.Description)).SequenceEqual(now.Select(report => (report.Name, report.Status, report.Description)))
        && now.All(report => report.Status != HealthStatus.Healthy);
}
