using System.IO.Compression;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace Platform.WebApp.Edge;

/// <summary>All that stands between the network and the routes, in the order in which a request passes it.</summary>
internal static class EdgePipeline
{
    public static void AddEdge(this WebApplicationBuilder builder, WebAppSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.PostConfigure<ForwardedHeadersOptions>(options => BelieveOnly(settings, options));
        builder.Services.AddProblems();
        builder.Services.AddRateLimits(settings);
        builder.Services.AddResponseCompression(compression =>
        {
            // No answer holds both a secret and words of the caller, which is what compression over TLS would give away.
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.AddOutputCache();
    }

    public static void UseEdge(this WebApplication app, WebAppSettings settings)
    {
        if (!settings.KnownProxies.IsEmpty)
        {
            app.UseForwardedHeaders();
        }

        app.UseRequestRecording();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        if (settings.RequestsPerSecond > 0)
        {
            app.UseRateLimiter();
        }

        app.UseOutputCache();
    }

    /// <remarks>The framework believes loopback by default, and with <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, which Aspire sets for every project, it
    /// believes everybody. Here it is those who are named, whatever that variable says.</remarks>
    private static void BelieveOnly(WebAppSettings settings, ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = settings.KnownProxies.IsEmpty ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.KnownProxies)
        {
            options.KnownIPNetworks.Add(network);
        }
    }
}
