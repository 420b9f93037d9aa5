using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Platform.Hosting.Dashboard;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>The real dashboard over a fake application, and a browser. Started by the first test that asks for it; shared by its class.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private const float WaitMilliseconds = 30_000;

    private readonly ConcurrentQueue<string> _output = new();
    private ResourceServiceHost? _service;
    private Process? _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal FakeApplication Application { get; } = new();

    internal DashboardSettings Settings { get; private set; } = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    internal async Task StartAsync()
    {
        if (_process is not null)
        {
            return;
        }

        var bundle = Need.Bundle();
        await Shop.OpenAsync(Application);
        _service = await ResourceServiceHost.StartAsync(Application.Sources, TestContext.Current.CancellationToken);
        var (frontend, otlp) = (FreePort(), FreePort());
        Settings = new DashboardSettings
        {
            ProgramPath = Path.Combine(bundle, "managed", "aspire-managed"),
            FrontendListenUrl = $"http://127.0.0.1:{frontend}",
            FrontendUrl = new Uri($"http://127.0.0.1:{frontend}"),
            OtlpListenUrl = $"http://127.0.0.1:{otlp}",
            OtlpApiKey = Tokens.New(),
            BrowserToken = Tokens.New(),
            TelemetryApiKey = Tokens.New(),
            ResourceServiceUrl = _service.Url,
            ResourceServiceApiKey = _service.ApiKey,
            OwnerProcessId = Environment.ProcessId,
        };
        _process = Start(DashboardLaunch.Render(Settings));
        using var client = new HttpClient();
        await Eventually.TrueAsync(
            async cancellationToken =>
            {
                Assert.False(_process.HasExited, $"The dashboard ended:\n{string.Join('\n', _output)}");
                using var answer = await client.GetAsync(new Uri(Settings.FrontendUrl, "/login"), cancellationToken);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            StartLimit,
            "the dashboard");
    }

    /// <summary>A page of a new browser session that is logged in.</summary>
    internal async Task<IPage> LogInAsync()
    {
        var chromium = Need.Chromium();
        await StartAsync();
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(WaitMilliseconds);
        Assertions.SetDefaultExpectTimeout(WaitMilliseconds);
        await page.GotoAsync(Settings.LoginUrl.AbsoluteUri);
        return page;
    }

    /// <summary>Starts again what was stopped.</summary>
    internal Task ReopenAsync() => Shop.OpenAsync(Application);

    /// <summary>Writes a picture of the page into the folder that PLATFORM_SCREENSHOTS names, for a person to look at.</summary>
    internal static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_SCREENSHOTS") is { } folder)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start(DashboardLaunch launch)
    {
        var start = new ProcessStartInfo(launch.Program, launch.Arguments)
        {
            WorkingDirectory = launch.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _ = process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
