using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed partial class ResourceLoggerTests
{
    private readonly ResourceLoggerService _loggers = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_follower_gets_the_backlog_then_new_lines_then_the_end()
    {
        _loggers.Append("web", "one", isError: false);
        _loggers.Append("web", "two", isError: true);
        await using var follow = _loggers.WatchAsync("WEB").GetAsyncEnumerator(Token);

        var backlog = await NextAsync(follow);
        _loggers.Append("web", "three", isError: false);
        var fresh = await NextAsync(follow);
        _loggers.Complete("web");
        var more = await follow.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.Equal([new LogLine(1, "one", false), new LogLine(2, "two", true)], backlog);
        Assert.Equal([new LogLine(3, "three", false)], fresh);
        Assert.False(more);
    }

    [Fact]
    public async Task Who_follows_a_completed_log_gets_its_lines_and_the_end()
    {
        _loggers.Append("web", "one", isError: false);
        _loggers.Complete("web");

        var batches = new List<LogLine>();
        await foreach (var batch in _loggers.WatchAsync("web").WithCancellation(Token))
        {
            batches.AddRange(batch);
        }

        Assert.Equal([new LogLine(1, "one", false)], batches);
    }

    [Fact]
    public async Task The_last_ten_thousand_lines_are_kept()
    {
        for (var i = 1; i <= 10_001; i++)
        {
            _loggers.Append("web", $"line {i}", isError: false);
        }

        var kept = new List<LogLine>();
        await foreach (var batch in _loggers.GetAllAsync("web").WithCancellation(Token))
        {
            kept.AddRange(batch);
        }

        Assert.Equal(
            (10_000, new LogLine(2, "line 2", false), new LogLine(10_001, "line 10001", false)), (kept.Count, kept[0], kept[^1]));
        Assert.Equal(["line 10000", "line 10001"], _loggers.Tail("web", 2).Select(line => line.Content));
    }

    [Fact]
    public void A_logger_stamps_its_lines_and_knows_errors()
    {
        using var folder = new ModelFolder();
        var resource = folder.ForRun().AddContainer("web", "image").Resource;
        resource.Annotations.Add(new ResourceInstancesAnnotation(["web-1", "web-2"]));

        _loggers.GetLogger(resource).LogInformation("Started {What}\r\nin two lines", "it");
        _loggers.GetLogger("web-2").LogError("Failed");

        var first = _loggers.Tail("web-1", 10);
        var second = _loggers.Tail("web-2", 10);
        Assert.Equal(["Started it", "in two lines"], first.Select(Text));
        Assert.Equal([("Started it", false), ("in two lines", false), ("Failed", true)], second.Select(line => (Text(line), line.IsErrorMessage)));
        Assert.All(second, line => Assert.Matches(Stamp(), line.Content));
    }

    [Fact]
    public async Task All_logs_can_be_completed_at_once()
    {
        await using var web = _loggers.WatchAsync("web").GetAsyncEnumerator(Token);
        await using var api = _loggers.WatchAsync("api").GetAsyncEnumerator(Token);
        var waits = Task.WhenAll(web.MoveNextAsync().AsTask(), api.MoveNextAsync().AsTask());

        _loggers.CompleteAll();

        Assert.All(await waits.WaitAsync(TimeSpan.FromSeconds(10), Token), Assert.False);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ")]
    private static partial Regex Stamp();

    private static string Text(LogLine line) => Stamp().Replace(line.Content, "");

    private static async Task<IReadOnlyList<LogLine>> NextAsync(IAsyncEnumerator<IReadOnlyList<LogLine>> follow)
    {
        Assert.True(await follow.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token));
        return follow.Current;
    }
}
