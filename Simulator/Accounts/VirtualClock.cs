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

        var scaled = new ScaledTimer(this, callback, state);
        scaled.Change(dueTime, period);
        return scaled;
    }

    public void Dispose() => _pump.Dispose();

    private TimeSpan Elapsed()
    {
        lock (_lock)
        {
            return _jumped + (_speed.IsMax ? TimeSpan.Zero : System.GetElapsedTime(_started) * _speed.Factor);
        }
    }

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

    // The system's timers know milliseconds and may be early by some, which are seconds here: this one looks at the clock, and waits for the rest.
    private sealed class ScaledTimer : ITimer
    {
        private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

        private readonly Lock _lock = new();
        private readonly VirtualClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private TimeSpan? _due;
        private TimeSpan _period;

        public ScaledTimer(VirtualClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _timer = System.CreateTimer(static timer => ((ScaledTimer)timer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _period = period;
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.Elapsed() + dueTime;
                return Set();
            }
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();

        private void Tick()
        {
            lock (_lock)
            {
                if (_due is not { } due)
                {
                    return;
                }

                var isOver = due <= _clock.Elapsed();
                if (isOver)
                {
                    _due = _period > TimeSpan.Zero ? due + _period : null;
                }

                Set();
                if (!isOver)
                {
                    return;
                }
            }

            _callback(_state);
        }

        private bool Set()
        {
            if (_due is not { } due)
            {
                return _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            var left = (due - _clock.Elapsed()) / _clock._speed.Factor;
            return _timer.Change(left > Shortest ? left : Shortest, Timeout.InfiniteTimeSpan);
        }
    }
}
