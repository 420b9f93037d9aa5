using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Cli;

/// <summary>
/// Answers the <c>aspire</c> command.
/// </summary>
internal sealed class BackchannelCalls(BackchannelContext application)
{
    // The version of Aspire whose protocol this is.
    private const string Version = "13.5.4";
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public static bool IsNamed(ResourceEvent known, string name) =>
        string.Equals(known.ResourceId, name, StringComparison.OrdinalIgnoreCase) || string.Equals(known.Resource.Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers a call.</summary>
    /// <param name="method">The name on the wire.</param>
    /// <param name="question">What is asked; undefined where the command says nothing, as for some methods older ones do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A record, an <see cref="IAsyncEnumerable{T}"/> of records, or null where the method is not known.</returns>
    public async Task<object?> AnswerAsync(string method, JsonElement question, CancellationToken cancellationToken) => method switch
    {
        "GetAppHostInformationAsync" => new AppHostInformation(application.AppHostPath, application.ProcessId, application.StartedAt),
        "GetCapabilitiesAsync" => new CapabilitiesAnswer(["aux.v1", "aux.v2", "aux.v3"]),
        "GetAppHostInfoAsync" => new AppHostDetails(
            application.ProcessId.ToString(CultureInfo.InvariantCulture), Version, application.AppHostPath, application.StartedAt),
        "GetDashboardInfoAsync" => DashboardDetailsOf(application.Dashboard),
        "GetDashboardUrlsAsync" => new DashboardAddress(application.Dashboard is not null, application.Dashboard?.LoginUrl.AbsoluteUri),
        "WaitForAppHostReadyAsync" => new ReadyAnswer(IsReady: true),
        "GetResourcesAsync" => new ResourcesAnswer(Resources(Read<ResourcesQuestion>(question))),
        "WatchResourcesAsync" => WatchAsync(Read<ResourcesQuestion>(question)),
        "GetResourceSnapshotsAsync" => Resources(question: null),
        "WatchResourceSnapshotsAsync" => WatchAsync(question: null),
        "GetConsoleLogsAsync" => Logs(question).SelectMany(lines => lines.Lines),
        "GetConsoleLogBatchesAsync" => Logs(question),
        "WaitForResourceAsync" => await WaitAsync(Required<WaitQuestion>(question), cancellationToken),
        "ExecuteResourceCommandAsync" => await ExecuteAsync(Required<CommandQuestion>(question), cancellationToken),
        "StopAsync" or "StopAppHostAsync" => Stop(),
        _ => null,
    };

    private static DashboardDetails DashboardDetailsOf(BackchannelDashboard? dashboard) => dashboard is null
        ? new(null, null, [], IsHealthy: false)
        : new(dashboard.Url.GetLeftPart(UriPartial.Authority), dashboard.ApiKey, [dashboard.LoginUrl.AbsoluteUri], IsHealthy: true);

    private static T? Read<T>(JsonElement question)
        where T : class => question.ValueKind == JsonValueKind.Object ? question.Deserialize<T>(JsonSerializerOptions.Web) : null;

    private static T Required<T>(JsonElement question)
        where T : class => Read<T>(question) ?? throw new ArgumentException("The question is missing.", nameof(question));

    private IAsyncEnumerable<BackchannelResource> WatchAsync(ResourcesQuestion? question) =>
        application.Notifications.WatchAsync(CancellationToken.None).Where(known => IsMeant(known, question)).Select(BackchannelResource.Render);

    private IAsyncEnumerable<BackchannelLogLines> Logs(JsonElement question) =>
        BackchannelLogs.ReadAsync(application, Read<LogQuestion>(question) ?? new LogQuestion(null, false, null, null, false), CancellationToken.None);

    private Nothing Stop()
    {
        application.Stop();
        return new Nothing();
    }

    private async Task<WaitAnswer> WaitAsync(WaitQuestion question, CancellationToken cancellationToken)
    {
        bool IsMeant(ResourceEvent known) => IsNamed(known, question.ResourceName);
        bool IsEnough(ResourceEvent known) => IsMeant(known) && (Is(known, question.Status) || IsOver(known, question.Status));
        var now = application.Notifications.Current().Where(IsMeant).ToList();
        if (now is not [var named, ..])
        {
            return new(false, null, null, ResourceNotFound: true, TimedOut: false, $"There is no resource '{question.ResourceName}'.");
        }

        var limit = TimeSpan.FromSeconds(Math.Clamp(question.TimeoutSeconds, 0, LongestWait.TotalSeconds));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        try
        {
            var seen = now.FirstOrDefault(IsEnough) ?? await application.Notifications.WaitForResourceAsync(named.Resource.Name, IsEnough, ending.Token);
            return Is(seen, question.Status)
                ? Ended(seen, success: true, timedOut: false, error: null)
                : Ended(seen, success: false, timedOut: false, $"'{question.ResourceName}' is {seen.Snapshot.State?.Text}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var last = application.Notifications.Current().First(IsMeant);
            return Ended(last, success: false, timedOut: true, $"'{question.ResourceName}' is not {question.Status} after {limit.TotalSeconds:0} s.");
        }
    }

    private async Task<CommandAnswer> ExecuteAsync(CommandQuestion question, CancellationToken cancellationToken)
    {
        if (application.Notifications.Current().Where(known => IsNamed(known, question.ResourceName)).ToList() is not [var named, ..] all)
        {
            return new(Success: false, Canceled: false, $"There is no resource '{question.ResourceName}'.", Message: null);
        }

        if (question.ValidateOnly)
        {
            var known = all.Any(one => one.Snapshot.Commands.Any(command => command.Name == question.CommandName));
            return new(known, Canceled: false, known ? null : $"The resource '{named.Resource.Name}' has no command '{question.CommandName}'.", Message: null);
        }

        // The name of a resource means all its instances.
        var result = all.Count > 1
            ? await application.Commands.ExecuteCommandAsync(named.Resource, question.CommandName, cancellationToken)
            : await application.Commands.ExecuteCommandAsync(named.ResourceId, question.CommandName, cancellationToken);
        return new(result.Success, result.Canceled, result.ErrorMessage, result.Message);
    }

    private static bool IsMeant(ResourceEvent known, ResourcesQuestion? question) =>
        string.IsNullOrEmpty(question?.Filter) || IsNamed(known, question.Filter);

    private static bool Is(ResourceEvent known, string status) => status switch
    {
        "healthy" => ResourceNotificationService.IsHealthy(known.Snapshot),
        "up" => known.Snapshot.State?.Text == KnownResourceStates.Running,
        "down" => ResourceNotificationService.HasEnded(known.Snapshot),
        _ => throw new ArgumentException($"'{status}' is not healthy, up or down.", nameof(status)),
    };

    // What failed to start gets neither up nor healthy by waiting.
    private static bool IsOver(ResourceEvent known, string status) =>
        status != "down" && known.Snapshot.State?.Text == KnownResourceStates.FailedToStart;

    private static WaitAnswer Ended(ResourceEvent known, bool success, bool timedOut, string? error) =>
        new(success, known.Snapshot.State?.Text, known.Snapshot.HealthStatus?.ToString(), ResourceNotFound: false, timedOut, error);

    private ImmutableArray<BackchannelResource> Resources(ResourcesQuestion? question) =>
        [.. application.Notifications.Current().Where(known => IsMeant(known, question)).Select(BackchannelResource.Render)];
}
