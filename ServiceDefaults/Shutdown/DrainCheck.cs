using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Readiness without liveness: a draining process must get no new requests and must not be killed either.</summary>
internal sealed class DrainCheck(DrainState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        state.Draining
            ? HealthCheckResult.Unhealthy("Draining: the process was asked to stop.")
            : HealthCheckResult.Healthy("Takes requests."));
}
