using System.Net;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

/// <summary>Whom a forwarded address is believed shows in the rate limit: it counts by the address of the client.</summary>
public sealed class ForwardedHeaderTests
{
    private const int MoreThanAllowed = 50;
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10.0.3.4")]
    [InlineData("192.0.2.1")]
    [InlineData("::ffff:10.0.3.4")]
    public async Task A_known_proxy_speaks_for_its_clients(string proxy)
    {
        await using var app = new WebAppFactory(("RATE_LIMIT_PER_SECOND", "1"), ("KNOWN_PROXIES", "10.0.0.0/16, 192.0.2.1"));

        Assert.Equal([HttpStatusCode.OK], await StatusesOfManyClientsAsync(app, proxy));
    }

    [Theory]
    [InlineData("10.0.0.0/16", "10.1.0.4", "false")]
    [InlineData("10.0.0.0/16", "127.0.0.1", "false")]
    [InlineData("", "127.0.0.1", "false")]
    [InlineData("", "10.0.3.4", "false")]
    [InlineData("10.0.0.0/16", "10.1.0.4", "true")]
    [InlineData("", "127.0.0.1", "true")]
    public async Task Anybody_else_is_the_client_whatever_the_header_and_the_framework_say(string known, string caller, string believeAll)
    {
        await using var app = new WebAppFactory(("RATE_LIMIT_PER_SECOND", "1"), ("KNOWN_PROXIES", known), ("FORWARDEDHEADERS_ENABLED", believeAll));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], await StatusesOfManyClientsAsync(app, caller));
    }

    [Fact]
    public void What_is_no_address_is_told_with_the_cure()
    {
        using var app = new WebAppFactory(("KNOWN_PROXIES", "10.0.0.0/16 proxy.local"), ("RATE_LIMIT_PER_SECOND", "many"), ("ASPIRE_DASHBOARD_URL", "here"));

        var problem = Assert.Throws<InvalidOperationException>(app.CreatePlainClient);

        Assert.Equal(
            """
            The setting KNOWN_PROXIES has 'proxy.local'. Give addresses (10.0.0.7) or ranges (10.0.0.0/16).
            The setting RATE_LIMIT_PER_SECOND is 'many'. Set it to a whole number from 0 (no limit) to 1000000, or remove it.
            The setting ASPIRE_DASHBOARD_URL is 'here'. Set it to an http or https URL, or remove it.
            """,
            problem.Message);
    }

    private async Task<HttpStatusCode[]> StatusesOfManyClientsAsync(WebAppFactory app, string caller)
    {
        using var client = app.CreatePlainClient();
        client.DefaultRequestHeaders.Add(WebAppFactory.ClientHeader, caller);
        var statuses = new SortedSet<HttpStatusCode>();
        for (var number = 1; number <= MoreThanAllowed; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status") { Headers = { { "X-Forwarded-For", $"203.0.113.{number}" } } };
            using var response = await client.SendAsync(request, _cancellation);
            statuses.Add(response.StatusCode);
        }

        return [.. statuses];
    }
}
