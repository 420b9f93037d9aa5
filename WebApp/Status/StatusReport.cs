using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.WebApp.Traffic;

namespace Platform.WebApp.Status;

/// <summary>All that the page and the API tell: gathered once for a request, then only rendered.</summary>
/// <param name="Identity">Which build runs where.</param>
/// <param name="Now">When this was gathered.</param>
/// <param name="Health">The worst of all checks.</param>
/// <param name="Checks">In the order of their registration.</param>
/// <param name="Traffic">Of the last minutes.</param>
/// <param name="Trace">The trace of the request that asked; null where there is none.</param>
internal sealed record StatusReport(
    InstanceIdentity Identity,
    DateTimeOffset Now,
    HealthStatus Health,
    ImmutableArray<CheckResult> Checks,
    TrafficReport Traffic,
    RequestTrace? Trace)
{
    public TimeSpan Uptime => Now - Identity.Started;
}

/// <summary>One health check as it last ran. No exception: its text may hold what visitors must not see.</summary>
internal sealed record CheckResult(string Name, HealthStatus Status, string? Description, TimeSpan Duration);

/// <summary>A trace by its id, with the page of the dashboard that shows it where there is a dashboard that got it.</summary>
internal sealed record RequestTrace(string Id, Uri? Page);
