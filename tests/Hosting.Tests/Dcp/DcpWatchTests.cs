using System.Net;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class DcpWatchTests
{
    private readonly FakeServer _server = new();

    [Fact]
    public async Task A_watch_survives_the_end_of_its_stream()
    {
        using var client = _server
            .Then(HttpStatusCode.OK, Event("ADDED", "a") + Event("ADDED", "b") + Event("BOOKMARK", "a") + "\n" + Event("DELETED", "a"))
            .Then(HttpStatusCode.OK, Event("ADDED", "b"))
            .Then(HttpStatusCode.OK, List("b"))
            .Client();

        var changes = await ChangesAsync(client, 4);

        Assert.Equal(["Upserted a", "Upserted b", "Deleted a", "Upserted b"], changes);
        Assert.Equal(["watch", "watch", "list"], Calls());
    }

    [Fact]
    public async Task What_went_while_nobody_watched_is_reported_as_deleted()
    {
        using var client = _server
            .Then(HttpStatusCode.OK, Event("ADDED", "a") + Event("ADDED", "b"))
            .Then(HttpStatusCode.OK, Event("ADDED", "c") + Event("DELETED", "a"))
            .Then(HttpStatusCode.OK, List("b", "c"))
            .Client();

        var changes = await ChangesAsync(client, 4);

        Assert.Equal(["Upserted a", "Upserted b", "Deleted a", "Upserted c"], changes);
    }

    [Fact]
    public async Task A_server_that_is_still_starting_is_asked_again()
    {
        using var client = _server
            .ThenRefuseConnection()
            .Then(HttpStatusCode.Forbidden, "{}")
            .Then(HttpStatusCode.InternalServerError, "")
            .Then(HttpStatusCode.OK, Event("MODIFIED", "a"))
            .Client();

        var changes = await ChangesAsync(client, 1);

        Assert.Equal(["Upserted a"], changes);
    }

    [Fact]
    public async Task A_real_refusal_ends_the_watch()
    {
        using var client = _server.Then(HttpStatusCode.BadRequest, """{"message":"no"}""").Client();

        var refusal = await Assert.ThrowsAsync<DcpApiException>(() => ChangesAsync(client, 1));

        Assert.Equal("no", refusal.Said);
    }

    private static async Task<List<string>> ChangesAsync(DcpClient client, int count) =>
        await client.WatchAsync<DcpService>(TestContext.Current.CancellationToken)
            .Take(count)
            .Select(change => $"{change.Kind} {change.Object.Metadata.Name}")
            .ToListAsync(TestContext.Current.CancellationToken);

    private static string Event(string type, string name) =>
        $$$$"""{"type":"{{{{type}}}}","object":{"metadata":{"name":"{{{{name}}}}"},"spec":{}}}""" + "\n";

    private static string List(params string[] names) =>
        """{"items":[""" + string.Join(',', names.Select(name => $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{}}""")) + "]}";

    private IEnumerable<string> Calls() => _server.Calls.Select(call => call.EndsWith("watch=true", StringComparison.Ordinal) ? "watch" : "list");
}
