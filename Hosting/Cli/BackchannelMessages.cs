using System.Collections.Immutable;

namespace Platform.Hosting.Cli;

/// <summary>The AppHost, as it is asked for first.</summary>
internal sealed record AppHostInformation(string AppHostPath, int ProcessId, DateTimeOffset StartedAt);

/// <summary>The AppHost, as <c>aspire ps</c> asks for it.</summary>
internal sealed record AppHostDetails(string Pid, string AspireHostVersion, string AppHostPath, DateTimeOffset StartedAt);

/// <summary>Which versions of the protocol are spoken.</summary>
internal sealed record CapabilitiesAnswer(ImmutableArray<string> Capabilities);

/// <summary>Where the dashboard is.</summary>
internal sealed record DashboardDetails(string? ApiBaseUrl, string? ApiToken, ImmutableArray<string> DashboardUrls, bool IsHealthy);

/// <summary>Where the dashboard is, in the older form.</summary>
internal sealed record DashboardAddress(bool DashboardHealthy, string? BaseUrlWithLoginToken);

/// <summary>Which resources are asked for: all, or those of a name.</summary>
internal sealed record ResourcesQuestion(string? Filter);

/// <summary>The resources.</summary>
internal sealed record ResourcesAnswer(ImmutableArray<BackchannelResource> Resources);

/// <summary>Which lines of the console logs are asked for.</summary>
/// <param name="ResourceName">A resource or an instance; null for all.</param>
/// <param name="Follow">Whether lines to come are asked for, too.</param>
/// <param name="Search">What a line must contain; null for any.</param>
/// <param name="Tail">How many of the last lines of each instance; null for all.</param>
/// <param name="IncludeHidden">Whether hidden resources count among all.</param>
internal sealed record LogQuestion(string? ResourceName, bool Follow, string? Search, int? Tail, bool IncludeHidden);

/// <summary>A line of a console log.</summary>
internal sealed record BackchannelLogLine(string ResourceName, int LineNumber, string Content, bool IsError);

/// <summary>Some lines of console logs.</summary>
internal sealed record BackchannelLogLines(ImmutableArray<BackchannelLogLine> Lines);

/// <summary>What is waited for.</summary>
/// <param name="ResourceName">The resource.</param>
/// <param name="Status"><c>healthy</c>, <c>up</c> or <c>down</c>.</param>
/// <param name="TimeoutSeconds">How long.</param>
internal sealed record WaitQuestion(string ResourceName, string Status, int TimeoutSeconds = 120);

/// <summary>How the wait ended.</summary>
internal sealed record WaitAnswer(bool Success, string? State, string? HealthStatus, bool ResourceNotFound, bool TimedOut, string? ErrorMessage);

/// <summary>Which command is to run.</summary>
internal sealed record CommandQuestion(string ResourceName, string CommandName, bool ValidateOnly);

/// <summary>How the command ended.</summary>
internal sealed record CommandAnswer(bool Success, bool Canceled, string? ErrorMessage, string? Message)
{
    public ImmutableArray<string> ValidationErrors { get; } = [];
}

/// <summary>Whether the application is up.</summary>
internal sealed record ReadyAnswer(bool IsReady);

/// <summary>Nothing to say.</summary>
internal sealed record Nothing;
