using System.Globalization;
using System.Text.Json;

namespace Platform.Hosting.Dcp;

/// <summary>Where a line comes from.</summary>
/// <param name="Name">As the API spells it.</param>
internal sealed record DcpLogSource(string Name)
{
    public static readonly DcpLogSource StdOut = new("stdout");
    public static readonly DcpLogSource StdErr = new("stderr");

    /// <summary>Pulling, building and creating a container.</summary>
    public static readonly DcpLogSource StartupStdOut = new("startup_stdout");
    public static readonly DcpLogSource StartupStdErr = new("startup_stderr");

    /// <summary>DCP's own words about the object: see <see cref="DcpSystemMessage"/>.</summary>
    public static readonly DcpLogSource System = new("system");
}

internal enum DcpLogEnd
{
    /// <summary>Stop at the last line there is.</summary>
    Now,

    /// <summary>Wait for more.</summary>
    Follow,
}

/// <param name="Raw">The whole line, its time included: the dashboard wants it so.</param>
/// <param name="Timestamp">Null where the line does not begin with a time.</param>
/// <param name="Text">What the program wrote.</param>
internal sealed record DcpLogLine(string Raw, DateTimeOffset? Timestamp, string Text)
{
    /// <summary>
    /// <c>2026-11-23T05:08:52.029Z text</c>, with 3 (executables) to 9 (containers) decimals; a tab follows the time in the system log.
    /// An empty line of the program is the time alone, with or without the space.
    /// </summary>
    public static DcpLogLine Parse(string line)
    {
        var end = line.AsSpan().IndexOfAny(' ', '\t');
        var stamp = end < 0 ? line.AsSpan() : line.AsSpan(0, end);
        if (!stamp.EndsWith("Z") || Time(stamp) is not { } time)
        {
            return new(line, Timestamp: null, line);
        }

        return new(line, time, end < 0 ? "" : line[(end + 1)..]);
    }

    // DateTimeOffset reads at most 7 decimals.
    private static DateTimeOffset? Time(ReadOnlySpan<char> stamp)
    {
        const int SevenDecimals = 27;
        var seconds = stamp.Length > SevenDecimals + 1 ? stamp[..SevenDecimals] : stamp[..^1];
        return DateTimeOffset.TryParse(seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}

/// <summary>A line of <see cref="DcpLogSource.System"/>: <c>level, category, message, {json}</c>, divided by tabs.</summary>
/// <param name="Level"><c>info</c>, <c>error</c> and so on.</param>
/// <param name="Error">The cause, from the member <c>error</c> of the JSON; null where there is none.</param>
internal sealed record DcpSystemMessage(string Level, string Message, string? Error)
{
    /// <summary>Null where the line has another form.</summary>
    public static DcpSystemMessage? Parse(DcpLogLine line) =>
        line.Text.Split('\t') is [var level, _, var message, .. var rest] ? new(level, message, rest is [var json, ..] ? ErrorOf(json) : null) : null;

    private static string? ErrorOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) ? error.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
