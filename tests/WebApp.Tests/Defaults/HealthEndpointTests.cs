using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Defaults;

public sealed class HealthEndpointTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Development")]
    [InlineData("Staging")]
    [InlineData("Production")]
    public async Task Both_endpoints_answer_one_word_in_every_environment(string environment)
    {
        await using var host = await StartAsync(new() { ["environment"] = environment }, HealthCheckResult.Healthy());

        var answers = new[] { await host.Client.GetStringAsync("/health", _cancellation), await host.Client.GetStringAsync("/alive", _cancellation) };

        Assert.Equal(["Healthy", "Healthy"], answers);
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, HttpStatusCode.OK)]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK)]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable)]
    public async Task Readiness_is_the_worst_of_all_checks(HealthStatus status, HttpStatusCode expected)
    {
        await using var host = await StartAsync([], new HealthCheckResult(status));

        using var response = await host.Client.GetAsync("/health", _cancellation);

        Assert.Equal((expected, $"{status}"), (response.StatusCode, await response.Content.ReadAsStringAsync(_cancellation)));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Liveness_does_not_look_at_what_the_process_needs()
    {
        await using var host = await StartAsync([], HealthCheckResult.Unhealthy());

        Assert.Equal("Healthy", await host.Client.GetStringAsync("/alive", _cancellation));
    }

    [Fact]
    public async Task The_normal_port_tells_no_detail()
    {
        await using var host = await StartAsync([], HealthCheckResult.Unhealthy("the secret is 42"));

        using var response = await host.Client.GetAsync("/health", _cancellation);

        Assert.Equal("Unhealthy", await response.Content.ReadAsStringAsync(_cancellation));
    }

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public async Task The_management_port_tells_each_check_and_exceptions_only_in_development(string environment, bool withException)
    {
        var port = FreePort.Take();
        await using var host = await StartAsync(
            new() { ["environment"] = environment, ["MANAGEMENT_PORT"] = $"{port}" },
            HealthCheckResult.Unhealthy("No answer.", new InvalidOperationException("password=1")));

        using var response = await host.Client.GetAsync(new Uri($"http://127.0.0.1:{port}/health"), _cancellation);

        var detail = (await response.Content.ReadFromJsonAsync<JsonObject>(_cancellation))!;
        var database = detail["checks"]!["database"]!.AsObject();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(["status", "durationMs", "checks"], detail.Select(member => member.Key));
        Assert.Equal(["database", "self", "traffic"], detail["checks"]!.AsObject().Select(check => check.Key));
        Assert.Equal(("Unhealthy", "No answer."), ((string?)database["status"], (string?)database["description"]));
        Assert.True((double?)database["durationMs"] >= 0);
        Assert.Equal(withException, database.ContainsKey("exception"));
    }

    [Fact]
    public async Task Other_methods_are_refused()
    {
        await using var host = await StartAsync([], HealthCheckResult.Healthy());

        using var response = await host.Client.PostAsync("/health", null, _cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Probes_are_answered_before_host_filtering_and_are_in_no_access_log()
    {
        using var log = new RecordedLog();
        await using var host = await ServiceHost.StartAsync(
            new() { ["AllowedHosts"] = "shop.example" },
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.Information);
                builder.Services.AddHttpLogging(logging => logging.LoggingFields = HttpLoggingFields.RequestPath);
            },
            app =>
            {
                app.UseHttpLogging();
                app.MapGet("/", () => "shop");
            });
        using var shop = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "shop.example" } };

        var probe = await host.Client.GetStringAsync("/health", _cancellation);
        using var page = await host.Client.SendAsync(shop, _cancellation);

        Assert.Equal(("Healthy", HttpStatusCode.OK), (probe, page.StatusCode));
        Assert.Contains(log.Lines, line => line.Contains("Path: /\n", StringComparison.Ordinal) || line.EndsWith("Path: /", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("/health", StringComparison.Ordinal));
    }

    private static Task<ServiceHost> StartAsync(Dictionary<string, string?> settings, HealthCheckResult database) => ServiceHost.StartAsync(
        settings,
        builder => builder.Services.Configure<HealthCheckServiceOptions>(options => options.Registrations.Add(
            new HealthCheckRegistration("database", new Fixed(database), failureStatus: null, tags: null))),
        _ => { });

    private sealed class Fixed(HealthCheckResult result) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(result);
    }
}
