using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Readiness without liveness: a draining process must get no new requests and must not be killed either.</summary>
internal sealed class DrainCheck(DrainState state) : IHealthCheck
{
    public const string Name = "traffic";
    private const string Draining = "Draining: the process was asked to stop.";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Draining ? HealthCheckResult.Unhealthy(Draining) : HealthCheckResult.Healthy("Takes requests."));

    /// <summary>The readiness of a draining process, known without running a check.</summary>
    /// <remarks>The check service would log an error for every probe of an orderly shutdown, and error rates raise alerts.</remarks>
    public static HealthReport DrainingReport() => new(
        new Dictionary<string, HealthReportEntry> { [Name] = new(HealthStatus.Unhealthy, Draining, TimeSpan.Zero, exception: null, data: null) },
        TimeSpan.Zero);
}
