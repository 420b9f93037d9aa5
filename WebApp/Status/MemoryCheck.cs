using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.WebApp.Status;

/// <summary>Degraded while the process uses nine tenths of the memory that the machine or the container lets it have.</summary>
internal sealed class MemoryCheck : IHealthCheck
{
    private const double DegradedFrom = 0.9;
    private const double MiB = 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));

    public static HealthCheckResult Judge(long usedBytes, long limitBytes)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"Uses {usedBytes / MiB:N0} of {limitBytes / MiB:N0} MiB.");
        return usedBytes >= limitBytes * DegradedFrom ? HealthCheckResult.Degraded(text) : HealthCheckResult.Healthy(text);
    }
}
