using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.WebApp.Tests.Hosts;

/// <summary>The built web application in a process of its own, on a port of its own, with nothing in its environment that the test did not ask for.</summary>
internal sealed class WebAppProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "DOTNET_HOST_PATH", "TMPDIR"];
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WebAppProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; } = new();

    public string Output => string.Join('\n', _output);

    public static async Task<WebAppProcess> StartAsync(params (string Name, string Value)[] environment)
    {
        var app = Launch([], [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DOTNET_ENVIRONMENT", "Development"), .. environment]);
        await Until.TrueAsync("the application listens", () => app.FirstAddress() is not null || app._process.HasExited);
        app.Client.BaseAddress = new Uri(app.FirstAddress() ?? throw new InvalidOperationException(app.Output));
        return app;
    }

    public static WebAppProcess Launch(string[] arguments, params (string Name, string Value)[] environment)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "WebApp.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new WebAppProcess(Process.Start(start)!);
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitAsync()
    {
        await Until.TrueAsync("the application ends", () => _process.HasExited);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private string? FirstAddress() => _output.FirstOrDefault(line => line.Contains(Listening, StringComparison.Ordinal))?.Split(Listening)[1].Trim();
}
