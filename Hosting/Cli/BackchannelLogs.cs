using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Cli;

/// <summary>Reads the console logs of several instances as one.</summary>
internal static class BackchannelLogs
{
    public static async IAsyncEnumerable<BackchannelLogLines> ReadAsync(
        BackchannelContext application, LogQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var instances = application.Notifications.Current().Where(known => IsMeant(known, question)).Select(known => known.ResourceId).ToList();
        var kept = instances.ToDictionary(id => id, id => application.Loggers.Tail(id, int.MaxValue));
        foreach (var (id, lines) in kept)
        {
            yield return Render(id, Matching(lines, question).TakeLast(question.Tail ?? int.MaxValue));
        }

        if (!question.Follow)
        {
            yield break;
        }

        await foreach (var (id, lines) in FollowAsync(application.Loggers, instances, cancellationToken))
        {
            var last = kept[id].Count == 0 ? 0 : kept[id][^1].LineNumber;
            yield return Render(id, Matching(lines.Where(line => line.LineNumber > last), question));
        }
    }

    private static bool IsMeant(ResourceEvent known, LogQuestion question) =>
        question.ResourceName is null ? question.IncludeHidden || !known.Snapshot.IsHidden : BackchannelCalls.IsNamed(known, question.ResourceName);

    private static IEnumerable<LogLine> Matching(IEnumerable<LogLine> lines, LogQuestion question) =>
        string.IsNullOrEmpty(question.Search) ? lines : lines.Where(line => line.Content.Contains(question.Search, StringComparison.OrdinalIgnoreCase));

    private static BackchannelLogLines Render(string id, IEnumerable<LogLine> lines) =>
        new([.. lines.Select(line => new BackchannelLogLine(id, line.LineNumber, line.Content, line.IsErrorMessage))]);

    private static async IAsyncEnumerable<(string Id, IReadOnlyList<LogLine> Lines)> FollowAsync(
        ResourceLoggerService loggers, IReadOnlyCollection<string> instances, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = Channel.CreateUnbounded<(string Id, IReadOnlyList<LogLine> Lines)>();
        async Task ReadAsync(string id)
        {
            await foreach (var lines in loggers.WatchAsync(id).WithCancellation(ending.Token))
            {
                _ = all.Writer.TryWrite((id, lines));
            }
        }

        var reading = Task.WhenAll(instances.Select(ReadAsync));
        var closing = reading.ContinueWith(_ => all.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await foreach (var some in all.Reader.ReadAllAsync(cancellationToken))
            {
                yield return some;
            }
        }
        finally
        {
            await ending.CancelAsync();
            _ = await closing;
        }
    }
}
