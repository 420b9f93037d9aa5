using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Defaults;

public sealed class TelemetryTests
{
    private const string Span = "gather status";
    private const int ManyRequests = 200;
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_metrics_and_logs_go_to_the_endpoint_that_is_set()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await WebAppProcess.StartAsync([.. collector.Environment, ("OTEL_SERVICE_NAME", "shop-web")]);

        await app.Client.GetStringAsync("/api/status", _cancellation);
        await StopAsync(app);

        Assert.Equal(1, collector.Count("traces", Span));
        Assert.All(["shop-web", "/api/status"], text => Assert.Contains(text, collector.Received("traces"), StringComparison.Ordinal));
        Assert.All(
            ["shop-web", "webapp.status.views", "http.server.request.duration", "dotnet.gc.collections"],
            text => Assert.Contains(text, collector.Received("metrics"), StringComparison.Ordinal));
        Assert.All(["shop-web", "Application started."], text => Assert.Contains(text, collector.Received("logs"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_sent_without_an_endpoint()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var (_, url) = collector.Environment[0];
        await using var app = await WebAppProcess.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{url}/v1/traces"));

        await app.Client.GetStringAsync("/api/status", _cancellation);
        await StopAsync(app);

        Assert.Equal(("", "", ""), (collector.Received("traces"), collector.Received("metrics"), collector.Received("logs")));
    }

    [Fact]
    public async Task Health_and_metrics_are_neither_in_traces_nor_in_metrics()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await WebAppProcess.StartAsync(collector.Environment);
        await app.Client.GetStringAsync("/health", _cancellation);
        await app.Client.GetStringAsync("/alive", _cancellation);
        await app.Client.GetStringAsync("/metrics", _cancellation);
        await app.Client.GetStringAsync("/api/status", _cancellation);

        var metrics = "";
        await Until.TrueAsync("the exporter's short-lived cache is over", async () =>
            (metrics = await app.Client.GetStringAsync("/metrics", _cancellation)).Contains("http_route", StringComparison.Ordinal));
        await StopAsync(app);

        Assert.Equal(
            ["""http_route="/api/status" """.Trim()],
            metrics.Split('\n').Where(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal))
                .Select(line => line.Split(',').Single(label => label.StartsWith("http_route", StringComparison.Ordinal))));
        foreach (var path in new[] { "/health", "/alive", "/metrics" })
        {
            Assert.DoesNotContain(path, metrics, StringComparison.Ordinal);
            Assert.DoesNotContain(path, collector.Received("traces"), StringComparison.Ordinal);
            Assert.DoesNotContain(path, collector.Received("metrics"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_metrics_of_the_contract_are_served()
    {
        await using var app = await WebAppProcess.StartAsync();
        await app.Client.GetStringAsync("/", _cancellation);

        var metrics = await app.Client.GetStringAsync("/metrics", _cancellation);

        Assert.All(
            [
                "http_server_request_duration_seconds_bucket", "http_server_active_requests", "kestrel_active_connections", "aspnetcore_routing_match_attempts_total",
                "dotnet_process_cpu_time_seconds_total", "dotnet_gc_pause_time_seconds_total", "dotnet_process_memory_working_set_bytes",
                "webapp_status_views_total{otel_scope_name=\"WebApp\",format=\"html\"} 1",
            ],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("service_name=\"WebApp\",", "", "")]
    [InlineData("service_name=\"shop-web\",", "OTEL_SERVICE_NAME", "shop-web")]
    [InlineData("service_name=\"shop\",", "OTEL_RESOURCE_ATTRIBUTES", "service.name=shop")]
    [InlineData("service_instance_id=\"web-1\",", "OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=web-1")]
    [InlineData("service_version=\"9.9\",", "OTEL_RESOURCE_ATTRIBUTES", "service.version=9.9")]
    [InlineData("deployment_environment_name=\"Development\",", "", "")]
    public async Task Telemetry_says_who_sends_it_and_the_environment_wins(string expected, string name, string value)
    {
        await using var app = await WebAppProcess.StartAsync([.. name.Length == 0 ? Array.Empty<(string, string)>() : [(name, value)]]);

        var metrics = await app.Client.GetStringAsync("/metrics", _cancellation);

        Assert.Contains(expected, metrics.Split('\n').Single(line => line.StartsWith("target_info{", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "", "", ManyRequests, ManyRequests)]
    [InlineData("Production", "", "", 1, ManyRequests / 2)]
    [InlineData("Production", "always_on", "", ManyRequests, ManyRequests)]
    [InlineData("Development", "traceidratio", "0", 0, 0)]
    public async Task Traces_are_sampled_as_the_environment_says_and_else_a_tenth_of_them(string environment, string sampler, string argument, int atLeast, int atMost)
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await WebAppProcess.StartAsync(
        [
            .. collector.Environment, ("DOTNET_ENVIRONMENT", environment), ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument), ("RATE_LIMIT_PER_SECOND", "0"),
        ]);

        for (var request = 0; request < ManyRequests; request++)
        {
            await app.Client.GetStringAsync("/api/status", _cancellation);
        }

        await StopAsync(app);
        Assert.InRange(collector.Count("traces", Span), atLeast, atMost);
    }

    [Fact]
    public async Task The_decision_of_the_caller_holds()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await WebAppProcess.StartAsync([.. collector.Environment, ("DOTNET_ENVIRONMENT", "Production")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status") { Headers = { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } } };

        using var response = await app.Client.SendAsync(request, _cancellation);
        await StopAsync(app);

        Assert.Equal(1, collector.Count("traces", Span));
    }

    private static async Task StopAsync(WebAppProcess app)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process ends by SIGTERM here, to send what it still holds.");
        await app.SignalAsync("TERM");
        await app.ExitAsync();
    }
}
