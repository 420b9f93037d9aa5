using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.WebApp.Status;

/// <summary>The results of all health checks, at most a second old: however many look at the status, the checks run once a second.</summary>
internal sealed class HealthSnapshot(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Task<HealthReport>? _latest;
    private long _begun;

    public Task<HealthReport> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is null || _latest.IsFaulted || time.GetElapsedTime(_begun) >= MaxAge)
            {
                _begun = time.GetTimestamp();
                // Shared by all who wait, so no one of them may cancel it.
                _latest = checks.CheckHealthAsync(CancellationToken.None);
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }
}
