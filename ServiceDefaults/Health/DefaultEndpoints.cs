using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.ServiceDefaults.Shutdown;

namespace Platform.ServiceDefaults.Health;

/// <summary>Answers the default paths before any other middleware sees the request.</summary>
/// <remarks>Not endpoints of the router: routing counts every match in a metric, and host filtering would refuse probes, which call by IP address.</remarks>
internal sealed class DefaultEndpoints(
    ServiceDefaultsSettings settings,
    HealthCheckService checks,
    HealthResponse response,
    DrainState drain) : IStartupFilter
{
    /// <summary>The tag of a check that tells whether the process works at all, whatever becomes of the things that it needs.</summary>
    public const string LiveTag = "live";

    private bool _mapped;

    public void Map() => _mapped = true;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (_mapped)
        {
            var scrape = app.New().UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();
            app.Use((context, rest) => AnswerAsync(context, scrape, rest));
        }

        next(app);
    };

    private Task AnswerAsync(HttpContext context, RequestDelegate scrape, RequestDelegate next)
    {
        if (drain.Draining && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // A kept-alive connection never looks at readiness: closing it sends its next request elsewhere.
            context.Response.Headers.Connection = "close";
        }

        var path = context.Request.Path.Value;
        var onManagementPort = settings.ManagementPort == context.Connection.LocalPort;
        if (!onManagementPort && !DefaultPaths.Contains(path))
        {
            return next(context);
        }

        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            metrics.MetricsDisabled = true;
        }

        return path switch
        {
            _ when !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) =>
                RefuseAsync(context, StatusCodes.Status405MethodNotAllowed),
            DefaultPaths.Health when drain.Draining => response.WriteAsync(context, DrainCheck.DrainingReport(), onManagementPort),
            DefaultPaths.Health => CheckAsync(context, null, onManagementPort),
            DefaultPaths.Alive => CheckAsync(context, check => check.Tags.Contains(LiveTag), onManagementPort),
            DefaultPaths.Metrics when onManagementPort || IsLocalScrape(context) => scrape(context),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound),
        };
    }

    private async Task CheckAsync(HttpContext context, Func<HealthCheckRegistration, bool>? predicate, bool withDetail)
    {
        var report = await checks.CheckHealthAsync(predicate, context.RequestAborted);
        await response.WriteAsync(context, report, withDetail);
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <remarks>A proxy on the same machine calls from loopback for callers who are not, but it says so in a header.</remarks>
    private bool IsLocalScrape(HttpContext context) => settings.ManagementPort is null
        && context.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");
}
