using Microsoft.Extensions.Primitives;

namespace Platform.WebApp.Edge;

/// <summary>What a browser is told about every answer, errors among them.</summary>
internal static class SecurityHeaders
{
    private static readonly KeyValuePair<string, StringValues>[] Headers =
    [
        new("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];

    /// <remarks>Written when the response starts: the exception page clears what was set before.</remarks>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Write, context.Response);
        return next(context);
    });

    private static Task Write(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        foreach (var (name, value) in Headers)
        {
            headers[name] = value;
        }

        return Task.CompletedTask;
    }
}
