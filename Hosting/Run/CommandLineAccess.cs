using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Cli;

namespace Platform.Hosting.Run;

/// <summary>Lets the <c>aspire</c> command find a running AppHost.</summary>
internal static class CommandLineAccess
{
    /// <summary>Opens the socket; null where there is no place for one, or the AppHost is unknown to the command.</summary>
    public static Backchannel? Open(RunContext run, DashboardRun? dashboard, Action stop)
    {
        if (run.Settings.Project.ProjectPath is not { } project || !run.Settings.Terminal)
        {
            return null;
        }

        using var process = Process.GetCurrentProcess();
        return Backchannel.Open(new BackchannelContext
        {
            AppHostPath = project,
            HomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ProcessId = Environment.ProcessId,
            StartedAt = process.StartTime,
            Notifications = run.Notifications,
            Loggers = run.Loggers,
            Commands = run.Services.GetRequiredService<ResourceCommandService>(),
            Dashboard = dashboard is null ? null : new BackchannelDashboard(dashboard.Url, new Uri(dashboard.LoginUrl), dashboard.TelemetryApiKey),
            Stop = stop,
        });
    }
}
