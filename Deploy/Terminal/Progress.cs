namespace Platform.Deploy.Terminal;

/// <summary>
/// Tells on stderr what is being done: on a terminal one line that shows the seconds and goes away at the end, in a pipe a line at the start
/// and one every half minute.
/// </summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PipeInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly string _doing;
    private readonly long _started;
    private readonly ITimer _timer;
    private string _last = "";
    private bool _ended;

    private Progress(Screen screen, TimeProvider time, string doing)
    {
        _screen = screen;
        _time = time;
        _doing = doing;
        _started = time.GetTimestamp();
        if (!screen.Live)
        {
            screen.Error.WriteLine(doing);
        }

        var interval = screen.Live ? LiveInterval : PipeInterval;
        _timer = time.CreateTimer(_ => Show(), state: null, interval, interval);
    }

    /// <param name="screen">Whose error stream is written to.</param>
    /// <param name="time">Where the seconds come from.</param>
    /// <param name="doing">Such as <c>Running the AppHost</c>; without a full stop.</param>
    public static Progress Start(Screen screen, TimeProvider time, string doing) => new(screen, time, doing);

    /// <summary>Shows the last line of what is being run, beside the seconds.</summary>
    public void Say(string line)
    {
        lock (_lock)
        {
            _last = line.Trim();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            _timer.Dispose();
            if (_screen.Live)
            {
                _screen.Error.Write("\r\e[K");
            }
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            var seconds = (int)_time.GetElapsedTime(_started).TotalSeconds;
            var line = $"{_doing}: {seconds} s" + (_last.Length > 0 ? $", {_last}" : "");
            if (_screen.Live)
            {
                _screen.Error.Write($"\r\e[K{line[..Math.Min(line.Length, _screen.Width - 1)]}");
            }
            else
            {
                _screen.Error.WriteLine(line);
            }
        }
    }
}
