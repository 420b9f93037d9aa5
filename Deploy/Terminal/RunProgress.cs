using Platform.Deploy.Apply;

namespace Platform.Deploy.Terminal;

/// <summary>
/// Shows a run while it goes: on a terminal as a tree that is drawn over, else as lines with a sign of life each half minute, or as JSON lines. Every event
/// goes into the log of the run too.
/// </summary>
internal sealed class RunProgress : IProgress<RunEvent>, IDisposable
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan PipeInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly RunHeading _heading;
    private readonly RunForm _form;
    private readonly RunLog? _log;
    private readonly ITimer? _timer;
    private RunBoard _board = RunBoard.Empty;
    private int _drawn;
    private int _frame;
    private bool _ended;

    /// <param name="screen">Whose error stream is written to.</param>
    /// <param name="form">How.</param>
    /// <param name="heading">What is done.</param>
    /// <param name="time">Of the target, which may run faster.</param>
    /// <param name="log">Null: none.</param>
    public RunProgress(Screen screen, RunForm form, RunHeading heading, TimeProvider time, RunLog? log)
    {
        (_screen, _form, _heading, _time, _log) = (screen, form, heading, time, log);
        if (form != RunForm.Json)
        {
            // A person waits in true time, whatever the target's is.
            var interval = form == RunForm.Live ? LiveInterval : PipeInterval;
            _timer = TimeProvider.System.CreateTimer(_ => Tick(), state: null, interval, interval);
        }

        if (form == RunForm.Plain)
        {
            screen.Error.WriteLine(PlainLines.Heading(heading));
        }
    }

    /// <summary>Titles of the steps that have begun and not ended.</summary>
    public IReadOnlyList<string> Unfinished
    {
        get
        {
            lock (_lock)
            {
                return [.. _board.Steps.Where(line => line.State is StepState.Running || (line.State == StepState.Abandoned && line.Began is not null)).Select(line => line.Step.Title)];
            }
        }
    }

    public void Report(RunEvent value)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            _board = _board.After(value, now);
            _log?.Write(value, now);
            if (_ended)
            {
                return;
            }

            switch (_form)
            {
                case RunForm.Json:
                    _screen.Error.WriteLine(JsonLines.Of(value, now));
                    break;
                case RunForm.Plain when PlainLines.Of(value, _board, _heading, now) is { } line:
                    _screen.Error.WriteLine(line);
                    break;
                case RunForm.Live when value is RunEvent.Notice or RunEvent.Waiting:
                    Erase();
                    _screen.Error.Write(Kept(value));
                    Draw();
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Draws a last time, and leaves that standing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _timer?.Dispose();
            if (_form == RunForm.Live)
            {
                Erase();
                Draw();
                _screen.Error.Write("\e[?25h");
            }
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            if (_form == RunForm.Live)
            {
                _frame++;
                Erase();
                Draw();
            }
            else if (PlainLines.SignOfLife(_board, _heading, _time.GetUtcNow()) is { } line)
            {
                _screen.Error.WriteLine(line);
            }
        }
    }

    private string Kept(RunEvent value)
    {
        var palette = new Palette(_screen.Colours);
        var (mark, text) = value switch
        {
            RunEvent.Waiting waiting => ("waits ", waiting.Text),
            RunEvent.Notice notice => ("note ", notice.Text),
            _ => ("", ""),
        };
        var wrapped = Paragraph.Wrap(mark + text, _screen.Width - 1, indent: 0);
        return palette.Careful(wrapped[..mark.Length]) + wrapped[mark.Length..] + "\n";
    }

    private void Erase()
    {
        if (_drawn > 0)
        {
            _screen.Error.Write($"\e[{_drawn}A\r\e[J");
            _drawn = 0;
        }
    }

    private void Draw()
    {
        if (_board.Steps.IsEmpty)
        {
            return;
        }

        var lines = LiveTree.Render(_board, _heading, _time.GetUtcNow(), _frame, _screen);
        _screen.Error.Write((_ended ? "" : "\e[?25l") + string.Concat(lines.Select(line => line + "\n")));
        _drawn = lines.Length;
    }
}

/// <summary>How a run is shown.</summary>
internal enum RunForm
{
    Live,
    Plain,
    Json,
}
