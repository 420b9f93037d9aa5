using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Dashboard;

/// <summary>What the resource service tells the dashboard about.</summary>
/// <param name="Notifications">The state of the resources.</param>
/// <param name="Loggers">Their console logs.</param>
/// <param name="Commands">Their commands.</param>
/// <param name="Prompts">What the host asks the reader.</param>
/// <param name="ApplicationName">What the dashboard calls the application.</param>
internal sealed record ResourceServiceSources(
    ResourceNotificationService Notifications,
    ResourceLoggerService Loggers,
    ResourceCommandService Commands,
    PromptBoard Prompts,
    string ApplicationName)
{
    /// <summary>Since when the resources are served; the age of those that do not say theirs. Set by the host of the service.</summary>
    public DateTime Since { get; init; }

    /// <summary>Ends all streams. Set by the host of the service.</summary>
    public CancellationToken Stopping { get; init; }
}
