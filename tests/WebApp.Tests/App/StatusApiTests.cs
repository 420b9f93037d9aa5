using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

public sealed class StatusApiTests : IAsyncDisposable
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly WebAppFactory _app;
    private int _checks;

    public StatusApiTests() => _app = new WebAppFactory(("OTEL_SERVICE_NAME", "shop-web"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=web-1,k8s.pod.name=web-7f"))
    {
        Change = services =>
        {
            services.AddSingleton<TimeProvider>(_time);
            services.AddHealthChecks().AddCheck("counted", () => HealthCheckResult.Healthy($"Ran {Interlocked.Increment(ref _checks)} times."));
        },
    };

    [Fact]
    public async Task The_document_has_all_that_the_page_has()
    {
        var document = await StatusAsync();

        Assert.Equal(
            ["service", "status", "version", "commit", "environment", "instance", "host", "cluster", "startedAt", "uptimeSeconds", "checks", "traffic", "traceId"],
            document.Select(member => member.Key));
        Assert.Equal(
            """["shop-web","Healthy","0.1.0","Production","web-1",{"pod":"web-7f"}]""",
            Members(document, "service", "status", "version", "environment", "instance", "cluster"));
        Assert.Equal(["self", "traffic", "memory", "counted"], document["checks"]!.AsArray().Select(check => (string?)check!["name"]));
        Assert.Matches("^[0-9a-f]{40}$", (string?)document["commit"] ?? new string('0', 40));
        Assert.Matches("^[0-9a-f]{32}$", (string?)document["traceId"]);
    }

    [Fact]
    public async Task Traffic_counts_requests_and_failures_of_the_last_minutes()
    {
        _time.Advance(TimeSpan.FromSeconds(30));
        using var client = _app.CreatePlainClient();
        for (var request = 0; request < 6; request++)
        {
            using var missing = await client.GetAsync("/missing", _cancellation);
        }

        var traffic = (await StatusAsync())["traffic"]!.AsObject();

        Assert.Equal("""[600,6,0]""", Members(traffic, "windowSeconds", "requests", "failures"));
        Assert.True((double?)traffic["medianMs"] > 0 && (double?)traffic["percentile95Ms"] > 0);
    }

    [Fact]
    public async Task Checks_run_once_a_second_however_many_ask()
    {
        await StatusAsync();
        await StatusAsync();
        var within = _checks;

        _time.Advance(TimeSpan.FromSeconds(1));
        await StatusAsync();

        Assert.Equal((1, 2), (within, _checks));
    }

    [Fact]
    public async Task The_description_of_the_api_names_its_only_path_and_no_server()
    {
        using var client = _app.CreatePlainClient();

        var document = (await client.GetFromJsonAsync<JsonObject>("/openapi/v1.json", _cancellation))!;

        Assert.Equal(["/api/status"], document["paths"]!.AsObject().Select(path => path.Key));
        Assert.Equal(("3.1.1", "shop-web API", "0.1.0"), ((string?)document["openapi"], (string?)document["info"]!["title"], (string?)document["info"]!["version"]));
        Assert.Equal(["200", "429"], document["paths"]!["/api/status"]!["get"]!["responses"]!.AsObject().Select(response => response.Key));
        Assert.Null(document["servers"]?.AsArray().FirstOrDefault());
        Assert.DoesNotContain("\"pattern\"", document.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_may_be_kept_and_is_known_again_by_its_tag()
    {
        using var client = _app.CreatePlainClient();
        using var first = await client.GetAsync("/openapi/v1.json", _cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await client.SendAsync(again, _cancellation);

        Assert.Equal("public, max-age=300", first.Headers.CacheControl?.ToString());
        Assert.Equal((HttpStatusCode.NotModified, 0L), (second.StatusCode, second.Content.Headers.ContentLength ?? 0));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    public async Task What_changes_with_every_request_is_never_stored(string path)
    {
        using var client = _app.CreatePlainClient();

        using var response = await client.GetAsync(path, _cancellation);

        Assert.Equal(("no-store", null), (response.Headers.CacheControl?.ToString(), response.Headers.ETag));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Members(JsonObject document, params string[] names) => new JsonArray([.. names.Select(name => document[name]!.DeepClone())]).ToJsonString();

    private async Task<JsonObject> StatusAsync()
    {
        using var client = _app.CreatePlainClient();
        return (await client.GetFromJsonAsync<JsonObject>("/api/status", _cancellation))!;
    }
}
