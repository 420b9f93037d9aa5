using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults.Health;

namespace Platform.ServiceDefaults.Telemetry;

internal static class TelemetryServices
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TimeoutKey = "OTEL_EXPORTER_OTLP_TIMEOUT";
    private const string DefaultTimeoutMilliseconds = "3000";
    private const string SamplerKey = "OTEL_TRACES_SAMPLER";
    private const double DefaultSamplingRatio = 0.1;

    /// <summary>Metrics always, for <c>/metrics</c>; logs and traces, and metrics once more, over OTLP where an endpoint for them is set.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddQuietFrameworkLogs();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddServiceIdentity(builder.Environment))
            .WithMetrics(metrics => metrics
                .AddMeter(builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }

        // A stopping process waits this long for each of the three signals when nobody answers at the endpoint; OpenTelemetry's own default is 10 s.
        builder.Configuration[TimeoutKey] ??= DefaultTimeoutMilliseconds;
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        telemetry
            .WithTracing(traces => traces
                .AddSource(builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation(web => web.Filter = context => !DefaultPaths.Contains(context.Request.Path.Value))
                .AddHttpClientInstrumentation()
                .AddDefaultSampler(builder))
            .UseOtlpExporter();
    }

    /// <remarks>A sampler set in code wins over the environment, so code sets one only where the environment has none.</remarks>
    private static void AddDefaultSampler(this TracerProviderBuilder traces, IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[SamplerKey]) && !builder.Environment.IsDevelopment())
        {
            traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(DefaultSamplingRatio)));
        }
    }
}
