using System.Globalization;

namespace Platform.Deploy.Terminal;

/// <summary>Durations as a clock shows them, and as people say them.</summary>
internal static class Span
{
    /// <summary><c>0:07</c>, <c>12:40</c>, <c>1:02:03</c>.</summary>
    public static string Clock(TimeSpan span)
    {
        var seconds = Math.Max(0, (long)span.TotalSeconds);
        return seconds >= 3_600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    /// <summary><c>40 s</c>, <c>3 min</c>, <c>1 h 5 min</c>.</summary>
    public static string About(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(90))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Round(span.TotalSeconds))} s");
        }

        var minutes = (int)Math.Round(span.TotalMinutes);
        return minutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h{(minutes % 60 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {minutes % 60} min"))}");
    }
}
