using System.Collections.Immutable;

namespace Platform.WebApp.Traffic;

/// <summary>The requests that this instance answered of late, without those for health and metrics.</summary>
/// <param name="SlotLength">How long each slot lasts.</param>
/// <param name="Slots">Oldest first, without gaps; the last one is still running.</param>
/// <param name="RequestsPerSecond">Over the last minute, or since the start where that is shorter.</param>
/// <param name="Requests">How many in all slots.</param>
/// <param name="Failures">How many of them were answered with a status of 500 or more.</param>
/// <param name="Median">Of the time to answer, over all slots; null without requests.</param>
/// <param name="Percentile95">Of the time to answer, over all slots; null without requests.</param>
internal sealed record TrafficReport(
    TimeSpan SlotLength,
    ImmutableArray<TrafficSlot> Slots,
    double RequestsPerSecond,
    int Requests,
    int Failures,
    TimeSpan? Median,
    TimeSpan? Percentile95);

/// <summary>The requests of one stretch of time.</summary>
internal sealed record TrafficSlot(DateTimeOffset Start, int Requests, int Failures, TimeSpan? Median, TimeSpan? Percentile95);
