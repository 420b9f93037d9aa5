using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Platform.WebApp.Status;

/// <summary>The description of the API. It changes with the build only, so it is made once and kept by whoever asks.</summary>
internal static class OpenApiRoutes
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options => options.AddDocumentTransformer(Describe));

    public static void MapApiDescription(this WebApplication app)
    {
        var tag = new EntityTagHeaderValue($"\"{typeof(OpenApiRoutes).Module.ModuleVersionId:N}\"", isWeak: true).ToString();
        app.MapOpenApi()
            .CacheOutput(cache => cache.Expire(Kept))
            .AddEndpointFilter((context, next) =>
            {
                context.HttpContext.Response.Headers.ETag = tag;
                context.HttpContext.Response.Headers.CacheControl = "public, max-age=300";
                return next(context);
            });
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var identity = context.ApplicationServices.GetRequiredService<InstanceIdentity>();
        document.Info.Title = $"{identity.Service} API";
        document.Info.Version = identity.Version;
        // The address of the one instance that happened to be asked says nothing; none means the document's own address.
        document.Servers?.Clear();
        return Task.CompletedTask;
    }
}
