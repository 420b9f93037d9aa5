using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.WebApp.Pages;

/// <summary>How the pages say numbers and states.</summary>
internal static class Wording
{
    public const string Nothing = "–";

    /// <summary>The two largest units: <c>2 d 3 h</c>, <c>4 min 5 s</c>, <c>12 s</c>.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{Whole(span.TotalDays)} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{span.Hours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{Whole(span.TotalSeconds)} s",
    };

    /// <summary>Three digits at most: <c>0.42 ms</c>, <c>8.1 ms</c>, <c>120 ms</c>, <c>1.5 s</c>.</summary>
    public static string Latency(TimeSpan? latency) => latency switch
    {
        null => Nothing,
        { TotalMilliseconds: < 0.01 } => "< 0.01 ms",
        { TotalMilliseconds: >= 1000 } slow => $"{Number(slow.TotalSeconds)} s",
        { } fast => $"{Number(fast.TotalMilliseconds)} ms",
    };

    public static string Number(double number) => number.ToString(
        number switch
        {
            0 => "0",
            < 1 => "0.##",
            < 100 => "0.#",
            _ => "#,0",
        },
        CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset time) => time.ToUniversalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The class of the style sheet that has the colour of a state.</summary>
    public static string Tone(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "good",
        HealthStatus.Degraded => "warn",
        _ => "bad",
    };

    private static string Whole(double number) => Math.Floor(number).ToString(CultureInfo.InvariantCulture);
}
