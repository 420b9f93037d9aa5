using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Tells that the process drains to whoever looks at all checks. Readiness itself is <see cref="DrainingReport"/>.</summary>
internal sealed class DrainCheck(DrainState state) : IHealthCheck
{
    public const string Name = "traffic";
    private const string Draining = "Draining: the process was asked to stop.";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Draining ? HealthCheckResult.Degraded(Draining) : HealthCheckResult.Healthy("Takes requests."));

    /// <summary>The readiness of a draining process, known without running a check.</summary>
    /// <remarks>Of an unhealthy check the check service would log an error at every probe, and this is an orderly shutdown: error rates raise alerts.</remarks>
    public static HealthReport DrainingReport() => new(
        new Dictionary<string, HealthReportEntry> { [Name] = new(HealthStatus.Unhealthy, Draining, TimeSpan.Zero, exception: null, data: null) },
        TimeSpan.Zero);
}
