using System.Diagnostics;
using Platform.WebApp.Traffic;

namespace Platform.WebApp.Status;

/// <summary>Puts the report of this instance together.</summary>
internal sealed class StatusGathering(
    InstanceIdentity identity,
    HealthSnapshot health,
    RequestHistory history,
    WebAppSettings settings,
    TimeProvider time)
{
    public async Task<StatusReport> GatherAsync(CancellationToken cancellationToken)
    {
        var request = Activity.Current;
        using var activity = StatusTelemetry.Source.StartActivity("gather status");
        var report = await health.ReadAsync(cancellationToken);
        activity?.SetTag("webapp.health.status", report.Status.ToString());
        return new StatusReport(
            identity,
            time.GetUtcNow(),
            report.Status,
            [.. report.Entries.Select(entry => new CheckResult(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Duration))],
            history.Read(),
            request is null ? null : TraceOf(request));
    }

    private RequestTrace TraceOf(Activity request)
    {
        var id = request.TraceId.ToHexString();
        return new RequestTrace(id, settings.DashboardUrl is { } dashboard && request.Recorded ? new Uri(dashboard, $"/traces/detail/{id}") : null);
    }
}
