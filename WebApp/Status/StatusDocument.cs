using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.WebApp.Traffic;

namespace Platform.WebApp.Status;

/// <summary>The status as the API writes it. Units are in the names; a name once published keeps its meaning.</summary>
internal sealed record StatusDocument(
    [property: Description("The name of the service.")] string Service,
    [property: Description("The worst status of all checks.")] HealthStatus Status,
    string Version,
    [property: Description("The commit the build was made of, or null.")] string? Commit,
    string Environment,
    [property: Description("The running instance: its id in telemetry.")] string Instance,
    string Host,
    [property: Description("Where in a cluster the instance runs: pod, namespace, node.")] ImmutableSortedDictionary<string, string> Cluster,
    DateTimeOffset StartedAt,
    double UptimeSeconds,
    ImmutableArray<CheckDocument> Checks,
    TrafficDocument Traffic,
    [property: Description("The trace of this very request, or null.")] string? TraceId)
{
    public static StatusDocument From(StatusReport report) => new(
        report.Identity.Service,
        report.Health,
        report.Identity.Version,
        report.Identity.Commit,
        report.Identity.Environment,
        report.Identity.Instance,
        report.Identity.Host,
        report.Identity.Places,
        report.Identity.Started,
        Math.Round(report.Uptime.TotalSeconds, 1),
        [.. report.Checks.Select(check => new CheckDocument(check.Name, check.Status, check.Description, check.Duration.TotalMilliseconds))],
        TrafficDocument.From(report.Traffic),
        report.Trace?.Id);
}

internal sealed record CheckDocument(string Name, HealthStatus Status, string? Description, double DurationMs);

internal sealed record TrafficDocument(
    [property: Description("How far back the counts go.")] double WindowSeconds,
    [property: Description("Over the last minute.")] double RequestsPerSecond,
    int Requests,
    [property: Description("Requests answered with a status of 500 or more.")] int Failures,
    double? MedianMs,
    double? Percentile95Ms)
{
    public static TrafficDocument From(TrafficReport traffic) => new(
        (traffic.SlotLength * traffic.Slots.Length).TotalSeconds,
        Math.Round(traffic.RequestsPerSecond, 2),
        traffic.Requests,
        traffic.Failures,
        traffic.Median?.TotalMilliseconds,
        traffic.Percentile95?.TotalMilliseconds);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusDocument))]
internal sealed partial class StatusJson : JsonSerializerContext;
