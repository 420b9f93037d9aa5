using System.Security.Cryptography;

namespace Platform.Deploy.Aws;

/// <summary>How long and how often a call is tried.</summary>
internal sealed record AwsLimits
{
    /// <summary>Until an attempt is given up. Default 30 s: the slowest calls (change sets) answer within some seconds.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After which no further attempt begins. Default 2 min: an outage of the network that is over sooner goes unnoticed.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Default 12.</summary>
    public int Attempts { get; init; } = 12;

    /// <summary>While nothing has answered yet, so that a wrong region or a missing network is told soon. Default 3.</summary>
    public int AttemptsBeforeFirstAnswer { get; init; } = 3;

    /// <summary>The longest pause after the first attempt; it doubles with each. Default 500 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Default 20 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Between nothing and the longest, by chance: calls that were refused together do not come back together. A server that names a time is heard.
    /// </summary>
    public TimeSpan PauseAfter(int attempt, TimeSpan? asked)
    {
        var longest = Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, attempt - 1));
        var chance = RandomNumberGenerator.GetInt32(1, 1_001) / 1_000.0;
        return asked is { } least && least <= LongestPause ? least : TimeSpan.FromTicks((long)(longest * chance));
    }
}
