namespace Platform.Simulator.Accounts;

/// <summary>
/// The time of an account. With a factor it goes with the wall's clock, that many times as fast; with <see cref="ClockSpeed.Max"/> it stands still but
/// for jumps: to what happens next, and to the end of the shortest wait of those that wait for it.
/// </summary>
internal sealed class VirtualClock : TimeProvider, IDisposable
{
    // Waits of more than this are limits, not pauses: they end when others have moved the clock so far. So does what repeats by itself, which else would
    // drive the clock on while everybody is busy.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // Time for the calls that the end of a pause leads to.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly ClockSpeed _speed;
    private readonly DateTimeOffset _start;
    private readonly long _started = System.GetTimestamp();
    private readonly List<StandingTimer> _waiting = [];
    private readonly ITimer _pump;
    private TimeSpan _jumped;
    private int _calls;
    private bool _isPumping;

    public VirtualClock(ClockSpeed speed, DateTimeOffset start)
    {
        (_speed, _start) = (speed, start);
        _pump = System.CreateTimer(_ => Pump(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override DateTimeOffset GetUtcNow() => _start + Elapsed();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed().Ticks;

    /// <summary>Whether reading calls move it.</summary>
    public bool JumpsToWhatIsNext => _speed.IsMax;

    /// <summary>Ahead, where it is.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        lock (_lock)
        {
            var ahead = time - GetUtcNow();
            _jumped += ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero;
        }

        FireDue();
    }

    /// <summary>While a call is answered, no wait is over.</summary>
    public void CallBegins() => Interlocked.Increment(ref _calls);

    public void CallEnds() => Interlocked.Decrement(ref _calls);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (_speed.IsMax)
        {
            var timer = new StandingTimer(this, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }

        return new ScaledTimer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), Scaled);
    }

    public void Dispose() => _pump.Dispose();

    private TimeSpan Elapsed()
    {
        lock (_lock)
        {
            return _jumped + (_speed.IsMax ? TimeSpan.Zero : System.GetElapsedTime(_started) * _speed.Factor);
        }
    }

    private TimeSpan Scaled(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / _speed.Factor;

    private void Pump()
    {
        DateTimeOffset? next = null;
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isPumping = false;
                return;
            }

            if (Volatile.Read(ref _calls) == 0)
            {
                next = _waiting.Where(timer => timer.IsPause).Min(timer => (DateTimeOffset?)timer.Due);
            }

            _pump.Change(Beat, Timeout.InfiniteTimeSpan);
        }

        if (next is { } due)
        {
            MoveTo(due);
        }
    }

    private void FireDue()
    {
        if (!_speed.IsMax)
        {
            return;
        }

        var now = GetUtcNow();
        List<StandingTimer> due;
        lock (_lock)
        {
            due = [.. _waiting.Where(timer => timer.Due <= now).OrderBy(timer => timer.Due)];
            foreach (var timer in due)
            {
                _waiting.Remove(timer);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private void Wait(StandingTimer timer, DateTimeOffset due)
    {
        lock (_lock)
        {
            timer.Due = timer.IsOver ? DateTimeOffset.MaxValue : due;
            _waiting.Remove(timer);
            if (timer.Due != DateTimeOffset.MaxValue)
            {
                _waiting.Add(timer);
            }

            if (_waiting.Count > 0 && !_isPumping)
            {
                _isPumping = true;
                _pump.Change(Beat, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class StandingTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Read and set within the clock's lock.</summary>
        public DateTimeOffset Due { get; set; } = DateTimeOffset.MaxValue;

        public bool IsPause { get; private set; }

        /// <summary>Disposed; one that fires at that moment would set itself again.</summary>
        public bool IsOver { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            IsPause = dueTime <= LongestPause && period <= TimeSpan.Zero;
            clock.Wait(this, dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.GetUtcNow() + dueTime);
            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);
        }

        public void Dispose()
        {
            IsOver = true;
            clock.Wait(this, DateTimeOffset.MaxValue);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);
    }

    private sealed class ScaledTimer(ITimer timer, Func<TimeSpan, TimeSpan> scaled) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(scaled(dueTime), scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
