using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

public sealed class RateLimitTests
{
    private const int MoreThanAllowed = 50;
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Too_many_requests_are_refused_with_a_problem_and_the_time_to_wait()
    {
        await using var app = new WebAppFactory(("RATE_LIMIT_PER_SECOND", "1"));
        using var client = Client(app, "203.0.113.9");

        using var refused = await FirstRefusedAsync(client);

        var problem = (await refused.Content.ReadFromJsonAsync<JsonObject>(_cancellation))!;
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(("Too Many Requests", "Too many requests from one address. Try again in 1 s."), ((string?)problem["title"], (string?)problem["detail"]));
    }

    [Theory]
    [InlineData("203.0.113.10")]
    [InlineData("2001:db8:1::1")]
    public async Task Another_client_has_a_bucket_of_its_own(string other)
    {
        await using var app = new WebAppFactory(("RATE_LIMIT_PER_SECOND", "1"));
        using var client = Client(app, "203.0.113.9");
        using var refused = await FirstRefusedAsync(client);
        using var second = Client(app, other);

        using var response = await second.GetAsync("/api/status", _cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/metrics")]
    public async Task Health_and_metrics_are_never_limited(string path)
    {
        await using var app = new WebAppFactory(("RATE_LIMIT_PER_SECOND", "1"));
        using var client = Client(app, "127.0.0.1");
        using var refused = await FirstRefusedAsync(client);

        for (var request = 0; request < MoreThanAllowed; request++)
        {
            using var response = await client.GetAsync(path, _cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        await using var app = new WebAppFactory(("RATE_LIMIT_PER_SECOND", "0"));
        using var client = Client(app, "203.0.113.9");

        for (var request = 0; request < 3 * MoreThanAllowed; request++)
        {
            using var response = await client.GetAsync("/api/status", _cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static HttpClient Client(WebAppFactory app, string address)
    {
        var client = app.CreatePlainClient();
        client.DefaultRequestHeaders.Add(WebAppFactory.ClientHeader, address);
        return client;
    }

    private async Task<HttpResponseMessage> FirstRefusedAsync(HttpClient client)
    {
        for (var request = 0; request < MoreThanAllowed; request++)
        {
            var response = await client.GetAsync("/api/status", _cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return response;
            }

            response.Dispose();
        }

        throw new InvalidOperationException("No request was refused.");
    }
}
