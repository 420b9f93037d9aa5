using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Shutdown;
using Platform.ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the application calls first. Names and meaning are those of Aspire's service defaults.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds telemetry, health checks, resilient HTTP clients with service discovery, a shutdown that drains, and quiet framework logs.</summary>
    /// <remarks>Settings: <c>MANAGEMENT_PORT</c> (default: none), <c>DRAIN_SECONDS</c> (default: 0) and OpenTelemetry's own <c>OTEL_…</c>
    /// variables; see ServiceDefaults/README.md.</remarks>
    /// <exception cref="InvalidOperationException">A setting has a value that cannot be used.</exception>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = ServiceDefaultsSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.AddTelemetry();
        builder.Services.AddHealthEndpoints();
        builder.Services.AddDraining(settings);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Serves <c>/health</c> (readiness: all checks), <c>/alive</c> (liveness: the checks tagged <c>live</c>) and <c>/metrics</c>, in every
    /// environment, ahead of the application's own middleware.</summary>
    /// <remarks>Where <c>MANAGEMENT_PORT</c> is set, the application listens there too: that port has <c>/metrics</c> and the detail of the checks as
    /// JSON, and the normal port has neither. Without it <c>/metrics</c> answers loopback callers only.</remarks>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.Services.GetRequiredService<DefaultEndpoints>().Map();
        return app;
    }
}
