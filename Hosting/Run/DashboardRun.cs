using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Bundles;
using Platform.Hosting.Dashboard;
using Platform.Hosting.Dcp;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Run;

/// <summary>The dashboard of a run: its process, and the service that it reads the resources from.</summary>
/// <remarks>
/// A child of the host and not of DCP, so that it starts at once; it watches the host's process and ends with it, however that ends.
/// </remarks>
internal sealed class DashboardRun
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly ResourceServiceHost _resources;
    private readonly DashboardSettings _settings;
    private int _stopping;

    private DashboardRun(Process process, ResourceServiceHost resources, DashboardSettings settings, PromptBoard prompts)
    {
        _process = process;
        _resources = resources;
        _settings = settings;
        Prompts = prompts;
    }

    public PromptBoard Prompts { get; }

    /// <summary>The address that logs a browser in.</summary>
    public string LoginUrl => _settings.LoginUrl.ToString();

    /// <summary>The address of the pages, and of the telemetry API.</summary>
    public Uri Url => _settings.FrontendUrl;

    /// <summary>The key in the header <c>x-api-key</c> of the telemetry API.</summary>
    public string TelemetryApiKey => _settings.TelemetryApiKey;

    public TelemetryTarget Telemetry => new(_settings.OtlpListenUrl, _settings.OtlpApiKey, Url.GetLeftPart(UriPartial.Authority));

    public static async Task<DashboardRun> LaunchAsync(Bundle bundle, RunContext run, PromptBoard prompts, CancellationToken cancellationToken)
    {
        if (run.Settings.DashboardPort is { } wanted && PortCheck.Find("--dashboard-port", wanted) is { } taken)
        {
            throw new DistributedApplicationException(taken);
        }

        var commands = new ResourceCommandService(run.Notifications, run.Loggers, run.Services);
        var resources = await ResourceServiceHost.StartAsync(
            new ResourceServiceSources(run.Notifications, run.Loggers, commands, prompts, run.Settings.ApplicationName), cancellationToken);
        var frontend = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{run.Settings.DashboardPort ?? run.Ports.Take()}");
        var settings = new DashboardSettings
        {
            ProgramPath = bundle.DashboardPath,
            FrontendListenUrl = frontend,
            FrontendUrl = new Uri(frontend),
            OtlpListenUrl = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{run.Ports.Take()}"),
            OtlpApiKey = Tokens.New(),
            BrowserToken = Tokens.New(),
            TelemetryApiKey = Tokens.New(),
            ResourceServiceUrl = resources.Url,
            ResourceServiceApiKey = resources.ApiKey,
            OwnerProcessId = Environment.ProcessId,
        };
        try
        {
            var dashboard = new DashboardRun(Start(DashboardLaunch.Render(settings)), resources, settings, prompts);
            dashboard.FollowOutput(run);
            return dashboard;
        }
        catch
        {
            await resources.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on its end is no surprise: a Ctrl-C on the terminal reaches it, too.</summary>
    public void ExpectEnd() => Volatile.Write(ref _stopping, 1);

    public async Task StopAsync()
    {
        ExpectEnd();

        // It holds nothing that would have to be saved.
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        using var deadline = new CancellationTokenSource(StopDeadline);
        await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _resources.DisposeAsync();
        _process.Dispose();
    }

    private static Process Start(DashboardLaunch launch)
    {
        var start = new ProcessStartInfo(launch.Program, launch.Arguments)
        {
            WorkingDirectory = launch.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTheAppHost).ToList())
        {
            _ = start.Environment.Remove(name);
        }

        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new DistributedApplicationException(RunProblems.DashboardNotStarted(launch.Program, failure.Message), failure);
        }
    }

    // Settings of the AppHost itself, such as its own address or log levels, would be the dashboard's as well.
    private static bool IsOfTheAppHost(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_LAUNCH", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Logging__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("_ENDPOINT_URL", StringComparison.OrdinalIgnoreCase))
        || name.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    // Without a reader the dashboard would stand still when the pipe is full; its last words are what there is to say of a crash.
    private void FollowOutput(RunContext run)
    {
        var last = ImmutableQueue<string>.Empty;
        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
            {
                _ = ImmutableInterlocked.Update(ref last, kept => kept.Count() >= 20 ? kept.Dequeue().Enqueue(text) : kept.Enqueue(text));
            }
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.Exited += async (_, _) =>
        {
            // A Ctrl-C on the terminal reaches the dashboard too, maybe before the host.
            await Task.Delay(StopDeadline, run.Time);
            if (Volatile.Read(ref _stopping) == 0)
            {
                run.Report(RunProblems.DashboardEnded(string.Join('\n', last)));
            }
        };
        _process.EnableRaisingEvents = true;
    }
}
