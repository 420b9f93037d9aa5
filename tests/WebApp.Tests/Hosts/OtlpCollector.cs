using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.WebApp.Tests.Hosts;

/// <summary>Takes OTLP over HTTP and keeps the bodies as text: names and values are readable in protobuf.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

    private OtlpCollector(WebApplication app) => _app = app;

    public (string Name, string Value)[] Environment =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.First()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ];

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.KeepAsync);
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>All that came for <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public string Received(string signal) => string.Concat(_received.Where(message => message.Path == $"/v1/{signal}").Select(message => message.Body));

    public int Count(string signal, string text) => Received(signal).Split(text).Length - 1;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.Latin1);
        _received.Enqueue((request.Path.Value!, await reader.ReadToEndAsync()));
    }
}
