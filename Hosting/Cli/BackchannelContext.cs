using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Cli;

/// <summary>What the <c>aspire</c> command is told about a running application.</summary>
internal sealed record BackchannelContext
{
    /// <summary>Full path of the AppHost's project file, by which the command finds the application.</summary>
    public required string AppHostPath { get; init; }

    /// <summary>The user's home directory.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>The AppHost's process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>
    /// When the AppHost's process started, as the system says it: <c>aspire stop</c> sends SIGTERM to the process only where this is its age.
    /// </summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The state of the resources.</summary>
    public required ResourceNotificationService Notifications { get; init; }

    /// <summary>Their console logs.</summary>
    public required ResourceLoggerService Loggers { get; init; }

    /// <summary>Their commands.</summary>
    public required ResourceCommandService Commands { get; init; }

    /// <summary>The dashboard; null without one.</summary>
    public required BackchannelDashboard? Dashboard { get; init; }

    /// <summary>Asks the application to stop, and returns at once. For commands that ask instead of sending SIGTERM.</summary>
    public required Action Stop { get; init; }
}

/// <summary>Where the dashboard is.</summary>
/// <param name="Url">The dashboard, and its telemetry API.</param>
/// <param name="LoginUrl">The address that logs a browser in.</param>
/// <param name="ApiKey">The key of the telemetry API.</param>
internal sealed record BackchannelDashboard(Uri Url, Uri LoginUrl, string ApiKey);
