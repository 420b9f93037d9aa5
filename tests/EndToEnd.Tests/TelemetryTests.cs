using System.Text.Json;

namespace Platform.EndToEnd.Tests;

/// <summary>The AppHost with its dashboard; the tests read what arrived through the dashboard's telemetry API.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TelemetryTests(TelemetryTests.Running running) : IClassFixture<TelemetryTests.Running>
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_request_becomes_a_span_of_the_instance()
    {
        using var http = running.App.CreateHttpClient("webapp");
        using var telemetry = running.App.GetTelemetry();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/status", UriKind.Relative));
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var span = await telemetry.WaitForSpanAsync("webapp", "GET /api/status", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(trace, span.GetProperty("traceId").GetString());
        Assert.Equal("00f067aa0ba902b7", span.GetProperty("parentSpanId").GetString());
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Logs_and_metrics_arrive()
    {
        using var telemetry = running.App.GetTelemetry();

        await telemetry.WaitForMetricsAsync("webapp", TestContext.Current.CancellationToken);
        var entry = await telemetry.WaitForLogAsync("webapp", "", TestContext.Current.CancellationToken);

        Assert.NotEqual(JsonValueKind.Undefined, entry.GetProperty("body").ValueKind);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_checks_of_the_health_leave_no_traces()
    {
        using var http = running.App.CreateHttpClient("webapp");
        using var telemetry = running.App.GetTelemetry();

        await http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        await http.GetStringAsync(new Uri("/alive", UriKind.Relative), TestContext.Current.CancellationToken);
        await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        await telemetry.WaitForSpanAsync("webapp", "GET /", TestContext.Current.CancellationToken);

        Assert.Equal([], (await SpanNamesAsync()).Where(name => name.Contains("health", StringComparison.Ordinal) || name.Contains("alive", StringComparison.Ordinal)));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Telemetry_is_of_the_instance_that_the_dashboard_shows()
    {
        using var telemetry = running.App.GetTelemetry();
        await telemetry.WaitForMetricsAsync("webapp", TestContext.Current.CancellationToken);

        var resources = JsonDocument.Parse(await ApiAsync("resources")).RootElement;

        running.App.ResourceNotifications.TryGetCurrentState("webapp", out var known);
        Assert.Equal(
            [("webapp", known?.ResourceId)],
            resources.EnumerateArray().Select(resource => (resource.GetProperty("name").GetString(), resource.GetProperty("instanceId").GetString())));
    }

    private async Task<IEnumerable<string>> SpanNamesAsync() =>
        from resource in JsonDocument.Parse(await ApiAsync("spans")).RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
        from scope in resource.GetProperty("scopeSpans").EnumerateArray()
        from span in scope.GetProperty("spans").EnumerateArray()
        select span.GetProperty("name").GetString() ?? "";

    private async Task<string> ApiAsync(string what)
    {
        var dashboard = running.App.Running?.Dashboard ?? throw new InvalidOperationException("There is no dashboard.");
        using var http = new HttpClient { BaseAddress = dashboard.Url };
        http.DefaultRequestHeaders.Add("x-api-key", dashboard.TelemetryApiKey);
        return await http.GetStringAsync(new Uri($"/api/telemetry/{what}", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    public sealed class Running : IAsyncLifetime
    {
        private DistributedApplication? _app;

        internal DistributedApplication App => _app ?? throw new InvalidOperationException("It was not started.");

        public async ValueTask InitializeAsync()
        {
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
                [$"--AppHost:BundlePath={Need.Bundle()}"], (options, _) => options.DisableDashboard = false, TestContext.Current.CancellationToken);
            _app = await builder.StartedAsync();
            await _app.HealthyAsync("webapp");
        }

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
