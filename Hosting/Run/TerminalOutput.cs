using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>What the terminal shows of a run: the addresses, and one line for every change of a state.</summary>
internal sealed class TerminalOutput(RunContext run, TerminalGate gate, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LinePause = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, string> _shown = [];
    private readonly HashSet<string> _reported = [];
    private readonly int _width = run.Model.Resources.SelectMany(ShownNames).Append("dashboard").Max(name => name.Length);

    /// <summary>Whether a resource was reported for not getting healthy and has not got healthy since.</summary>
    public bool HasUnhealthy => _reported.Count > 0;

    public void ShowDashboard(string loginUrl) => output.WriteLine($"{"dashboard".PadRight(_width)}  {loginUrl}");

    public void ShowUrls(IResource resource, IEnumerable<UrlSnapshot> urls)
    {
        foreach (var url in urls)
        {
            output.WriteLine($"{resource.Name.PadRight(_width)}  {url.Url}");
        }
    }

    public void ShowStopping() => output.WriteLine($"{Now()}  {"".PadRight(_width)}  Stopping; Ctrl-C again ends at once");

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in run.Notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource is IResourceWithoutLifetime or ParameterResource && change.Snapshot.State?.Text != KnownResourceStates.ValueMissing)
            {
                continue;
            }

            var text = Describe(change.Snapshot);
            if (text.Length == 0 || (_shown.TryGetValue(change.ResourceId, out var last) && last == text))
            {
                continue;
            }

            _shown[change.ResourceId] = text;
            await gate.AloneAsync(() => ShowAsync(change, text), cancellationToken);
        }
    }

    /// <summary>Reports what has not got healthy in time, with the failing check and the last lines. The application goes on.</summary>
    public async Task ReportUnhealthyAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(run.Settings.HealthyDeadline, run.Time, cancellationToken);
        foreach (var known in run.Notifications.Current().Where(known => known.Snapshot.State?.Text == KnownResourceStates.Running
            && known.Snapshot.HealthStatus != HealthStatus.Healthy && known.Snapshot.ResourceReadyEvent is null))
        {
            lock (_reported)
            {
                _ = _reported.Add(known.ResourceId);
            }

            var problem = RunProblems.NeverHealthy(known.Resource.Name, known.Snapshot);
            var lines = run.Loggers.Tail(known.ResourceId, lines: 20).Select(line => WithoutTime(line.Content));
            var text = ProblemText.Render([problem with { Detail = string.Join('\n', lines.Prepend(problem.Detail ?? "")) }]);
            await gate.AloneAsync(() => errors.WriteAsync(text), cancellationToken);
        }
    }

    private async Task ShowAsync(ResourceEvent change, string text)
    {
        var name = ShownNames(change.Resource).Contains(change.ResourceId) ? change.ResourceId : change.Resource.Name;
        await output.WriteLineAsync($"{Now()}  {name.PadRight(_width)}  {text}");
        if (text == "Healthy")
        {
            lock (_reported)
            {
                _ = _reported.Remove(change.ResourceId);
            }
        }

        if (text is nameof(KnownResourceStates.FailedToStart) or KnownResourceStates.NoContainerEngine || text.StartsWith("Crashed", StringComparison.Ordinal))
        {
            await ShowTailAsync(change.ResourceId);
        }
    }

    // The end of a process is known before its last lines have come.
    private async Task ShowTailAsync(string id)
    {
        var (seen, started) = (-1, run.Time.GetTimestamp());
        while (run.Time.GetElapsedTime(started) < LastLines && (seen <= 0 || seen != run.Loggers.LastNumber(id)))
        {
            seen = run.Loggers.LastNumber(id);
            await Task.Delay(LinePause, run.Time);
        }

        foreach (var line in run.Loggers.Tail(id, lines: 10))
        {
            await output.WriteLineAsync($"          {"".PadRight(_width)}  | {WithoutTime(line.Content)}");
        }
    }

    private static string Describe(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text ?? "";
        if (state == KnownResourceStates.Running && !snapshot.HealthReports.IsEmpty)
        {
            return snapshot.HealthStatus == HealthStatus.Healthy ? "Healthy"
                : snapshot.ResourceReadyEvent is null ? state
                : $"Unhealthy: {snapshot.HealthReports.FirstOrDefault(report => report.Status != HealthStatus.Healthy)?.Description}";
        }

        if (state == KnownResourceStates.Waiting)
        {
            return snapshot.Properties.FirstOrDefault(property => property.Name == KnownProperties.WaitingFor)?.Value is IEnumerable<string> names
                ? $"Waiting for {string.Join(", ", names)}"
                : state;
        }

        if (state == KnownResourceStates.ValueMissing)
        {
            return "Needs a value";
        }

        return (state == KnownResourceStates.Exited || state == KnownResourceStates.Finished) && snapshot.ExitCode is { } code
            ? snapshot.State?.Style == KnownResourceStateStyles.Error
                ? string.Create(CultureInfo.InvariantCulture, $"Crashed with exit code {code}")
                : string.Create(CultureInfo.InvariantCulture, $"{state} with exit code {code}")
            : state;
    }

    private static string WithoutTime(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is var end and > 0 && line[end - 1] == 'Z' && char.IsAsciiDigit(line[0]) ? line[(end + 1)..] : line;

    // Replicas are told apart by their ids.
    private static IEnumerable<string> ShownNames(IResource resource) =>
        ResourceInstancesAnnotation.IdsOf(resource) is { Count: > 1 } ids ? [resource.Name, .. ids] : [resource.Name];

    private string Now() => run.Time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
