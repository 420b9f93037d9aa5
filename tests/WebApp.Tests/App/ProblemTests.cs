using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

public sealed class ProblemTests
{
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_gets_problem_details()
    {
        await using var app = new WebAppFactory();

        using var response = await GetAsync(app, "/missing", "application/json");

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            ("https://tools.ietf.org/html/rfc9110#section-15.5.5", "Not Found", 404, "There is nothing at this address."),
            Texts((await response.Content.ReadFromJsonAsync<JsonObject>(_cancellation))!));
    }

    [Fact]
    public async Task A_browser_gets_a_page()
    {
        await using var app = new WebAppFactory();

        using var response = await GetAsync(app, "/missing/<b>", Browser);

        var page = await response.Content.ReadAsStringAsync(_cancellation);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<h1>Not Found</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Equal(("no-store", "Accept"), (response.Headers.CacheControl?.ToString(), string.Join(',', response.Headers.Vary)));
    }

    [Fact]
    public async Task The_api_answers_browsers_in_json_too()
    {
        await using var app = new WebAppFactory();

        using var response = await GetAsync(app, "/api/missing", Browser);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("Production", "The request failed here. It is in the log under the trace below.")]
    [InlineData("Development", "System.InvalidOperationException: password=1")]
    public async Task An_exception_is_told_in_development_only(string environment, string detail)
    {
        await using var app = new WebAppFactory(("environment", environment)) { Change = services => services.AddSingleton<HealthCheckService, Broken>() };

        using var response = await GetAsync(app, "/api/status", "application/json");

        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(_cancellation))!;
        Assert.Equal((HttpStatusCode.InternalServerError, "An error occurred while processing your request."), (response.StatusCode, (string?)problem["title"]));
        Assert.Equal(detail, ((string?)problem["detail"])!.Split('\n')[0].TrimEnd());
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["traceId"]);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task An_exception_is_a_page_for_a_browser()
    {
        await using var app = new WebAppFactory { Change = services => services.AddSingleton<HealthCheckService, Broken>() };

        using var response = await GetAsync(app, "/", Browser);

        Assert.Equal((HttpStatusCode.InternalServerError, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<h1>Internal Server Error</h1>", await response.Content.ReadAsStringAsync(_cancellation), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_a_problem()
    {
        await using var app = new WebAppFactory();
        using var client = app.CreatePlainClient();

        using var response = await client.PostAsync("/api/status", null, _cancellation);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    private static (string?, string?, int?, string?) Texts(JsonObject problem) =>
        ((string?)problem["type"], (string?)problem["title"], (int?)problem["status"], (string?)problem["detail"]);

    private async Task<HttpResponseMessage> GetAsync(WebAppFactory app, string path, string accept)
    {
        using var client = app.CreatePlainClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        return await client.GetAsync(path, _cancellation);
    }

    private sealed class Broken : HealthCheckService
    {
        public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("password=1");
    }
}
