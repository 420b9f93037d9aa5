using System.Diagnostics;
using System.Net;
using System.Text;

namespace Platform.Benchmarks.Startup;

/// <summary>A started AppHost: when it answers, what it takes, when it has gone.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan TryOfDashboard = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryThroughProxy = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly MarkedProcesses _processes = new();
    private readonly Answers _answers = new();
    private readonly TaskCompletionSource<Uri> _dashboard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _webApp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _said = new();
    private readonly long _started;
    private readonly Process _process;
    private readonly Task _reading;

    public RunningHost(ProcessStartInfo start)
    {
        _processes.Mark(start);
        _started = Stopwatch.GetTimestamp();
        _process = Process.Start(start) ?? throw new BenchmarkException("The AppHost did not start.");
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Ends with the first answer of the dashboard's login page, and says when after the start that was.</summary>
    public async Task<TimeSpan> DashboardAsync(CancellationToken cancellationToken)
    {
        var login = await _dashboard.Task.WaitAsync(cancellationToken);
        await _answers.UntilAsync(new Uri(login, "/login"), TryOfDashboard, HttpStatusCode.OK, cancellationToken);
        return Stopwatch.GetElapsedTime(_started);
    }

    /// <summary>Ends with the first healthy answer of the web application on its public port.</summary>
    public async Task<TimeSpan> WebAppAsync(CancellationToken cancellationToken)
    {
        var address = await _webApp.Task.WaitAsync(cancellationToken);
        await _answers.UntilAsync(new Uri(address, "/health"), TryThroughProxy, HttpStatusCode.OK, cancellationToken);
        return Stopwatch.GetElapsedTime(_started);
    }

    /// <summary>Seconds of processor time so far, of the host and of all processes.</summary>
    public (double Host, double All) ProcessorSeconds() =>
        (MarkedProcesses.ProcessorSeconds([HostId]), MarkedProcesses.ProcessorSeconds(_processes.Living()));

    public double HostResidentMiB() => MarkedProcesses.ResidentMiB(HostId);

    /// <summary>Asks the host to stop, as Ctrl-C does, and says when it had gone and when the last of all processes had.</summary>
    public async Task<(TimeSpan Host, TimeSpan Last)> StopAsync(CancellationToken cancellationToken)
    {
        var host = HostId;
        var asked = Stopwatch.GetTimestamp();
        MarkedProcesses.Signal(host, "INT");
        while (Directory.Exists($"/proc/{host}") && !_process.HasExited)
        {
            await Task.Delay(Poll, cancellationToken);
        }

        var gone = Stopwatch.GetElapsedTime(asked);
        while (_processes.Living().Count > 0)
        {
            await Task.Delay(Poll, cancellationToken);
        }

        return (gone, Stopwatch.GetElapsedTime(asked));
    }

    public async ValueTask DisposeAsync()
    {
        _processes.Kill();
        await _reading;
        _process.Dispose();
        _answers.Dispose();
    }

    private int HostId => _processes.Host() ?? throw new BenchmarkException($"The AppHost has ended.\n{_said}");

    // "dashboard  http://localhost:18888/login?t=…", "webapp     http://localhost:5180"
    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_said)
            {
                _ = _said.AppendLine(line);
            }

            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var text] && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
            {
                _ = (name switch { "dashboard" => _dashboard, "webapp" => _webApp, _ => null })?.TrySetResult(address);
            }
        }

        lock (_said)
        {
            var ended = new BenchmarkException($"The AppHost ended without having named its addresses.\n{_said}");
            _ = _dashboard.TrySetException(ended);
            _ = _webApp.TrySetException(ended);
        }
    }
}
