using System.Collections.Concurrent;

namespace Platform.Deploy.Tests.Registries;

/// <summary>
/// Time that is over at once for whoever pauses, and stands still for limits: what waits longer than the longest pause never comes, unless
/// limits are to run out.
/// </summary>
internal sealed class PromptTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 11, 23, 10, 20, 30, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public bool LimitsRunOut { get; init; }

    public void Pass(TimeSpan time)
    {
        lock (_lock)
        {
            _now += time;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isPause = dueTime <= LongestPause;
        if (isPause)
        {
            _pauses.Enqueue(dueTime);
            Pass(dueTime);
        }

        return isPause || LimitsRunOut ? new Timer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan) : new Timer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
