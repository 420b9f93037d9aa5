using System.Text.Json;

namespace Platform.Hosting.Testing;

/// <summary>Waits for telemetry, which arrives some time after what it tells of.</summary>
public sealed class DistributedApplicationTelemetry : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient _http;

    internal DistributedApplicationTelemetry(Uri dashboard, string apiKey)
    {
        _http = new HttpClient { BaseAddress = dashboard };
        _http.DefaultRequestHeaders.Add("x-api-key", apiKey);
    }

    /// <summary>Waits for a span of a resource.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="name">The span's name, such as <c>GET /</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The span as OTLP JSON.</returns>
    public Task<JsonElement> WaitForSpanAsync(string resourceName, string name, CancellationToken cancellationToken) => WaitAsync(
        "api/telemetry/spans", "resourceSpans", "scopeSpans", "spans", resourceName, span => Text(span, "name") == name, cancellationToken);

    /// <summary>Waits for a log entry of a resource.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="text">A part of its message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entry as OTLP JSON.</returns>
    public Task<JsonElement> WaitForLogAsync(string resourceName, string text, CancellationToken cancellationToken) => WaitAsync(
        "api/telemetry/logs", "resourceLogs", "scopeLogs", "logRecords", resourceName, entry => Message(entry).Contains(text, StringComparison.Ordinal), cancellationToken);

    /// <summary>Waits until metrics of a resource have arrived.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there are some.</returns>
    public async Task WaitForMetricsAsync(string resourceName, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await GetAsync("api/telemetry/resources", cancellationToken) is { ValueKind: JsonValueKind.Array } resources
                && resources.EnumerateArray().Any(resource => Text(resource, "name") == resourceName
                    && resource.TryGetProperty("hasMetrics", out var has) && has.ValueKind == JsonValueKind.True))
            {
                return;
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> WaitAsync(
        string path, string resources, string scopes, string items, string resourceName, Func<JsonElement, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await GetAsync(path, cancellationToken) is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("data", out var data))
            {
                foreach (var found in Items(data, resources)
                    .Where(resource => ServiceName(resource) == resourceName)
                    .SelectMany(resource => Items(resource, scopes))
                    .SelectMany(scope => Items(scope, items))
                    .Where(wanted))
                {
                    return found;
                }
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    // The dashboard may still be starting.
    private async Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode ? JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Message(JsonElement entry) =>
        entry.TryGetProperty("body", out var body) && body.TryGetProperty("stringValue", out var text) ? text.GetString() ?? "" : "";

    // "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}},…]}
    private static string ServiceName(JsonElement resource) => Items(resource.GetProperty("resource"), "attributes")
        .Where(attribute => Text(attribute, "key") == "service.name")
        .Select(attribute => Text(attribute.GetProperty("value"), "stringValue"))
        .FirstOrDefault("");
}
