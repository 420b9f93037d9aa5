namespace Platform.Deploy.Planning;

/// <summary>
/// A time that runs faster by a factor, as that of a simulated account does: a wait of a minute is over in a second at factor 60. Signatures are made
/// with the true time nevertheless.
/// </summary>
internal sealed class ScaledTime : TimeProvider
{
    // In milliseconds: what repeats by itself more often would keep the machine busy, and nobody waits for it.
    private const double ShortestPeriod = 50;

    private readonly TimeProvider _real;
    private readonly double _factor;
    private readonly DateTimeOffset _start;
    private readonly long _startTimestamp;

    /// <param name="real">What it is made of.</param>
    /// <param name="factor">Above 0.</param>
    public ScaledTime(TimeProvider real, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        _real = real;
        _factor = factor;
        _start = real.GetUtcNow();
        _startTimestamp = real.GetTimestamp();
    }

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override long TimestampFrequency => _real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + ((_real.GetUtcNow() - _start) * _factor);

    public override long GetTimestamp() => _startTimestamp + (long)((_real.GetTimestamp() - _startTimestamp) * _factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Scaled(_real.CreateTimer(callback, state, Shortened(dueTime, period), Shortened(period, period)), Shortened);

    // What is no wait, and what never comes, stays so; everything else takes at least a tick of the timer.
    private TimeSpan Shortened(TimeSpan span, TimeSpan period) =>
        span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Max(period > TimeSpan.Zero ? ShortestPeriod : 1, span.TotalMilliseconds / _factor));

    private sealed class Scaled(ITimer timer, Func<TimeSpan, TimeSpan, TimeSpan> shortened) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(shortened(dueTime, period), shortened(period, period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
