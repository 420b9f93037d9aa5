using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.WebApp.Pages;
using Platform.WebApp.Traffic;

namespace Platform.WebApp.Status;

internal static class StatusRoutes
{
    private const string NeverStored = "no-store";

    public static void AddStatus(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<MemoryCheck>("memory");
        services.AddSingleton(provider =>
            InstanceIdentity.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<RequestHistory>();
        services.AddSingleton<HealthSnapshot>();
        services.AddSingleton<StatusGathering>();
        services.ConfigureHttpJsonOptions(json =>
        {
            // The web defaults also read numbers from strings, which makes every number "number or string" in the description of the API.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, StatusJson.Default);
        });
    }

    public static void MapStatus(this WebApplication app)
    {
        app.MapGet("/", PageAsync).ExcludeFromDescription();
        app.MapGet("/api/status", DocumentAsync)
            .WithName("GetStatus")
            .WithSummary("The status of the instance that answers")
            .WithDescription("Build, place, health checks and the traffic of the last minutes. Of several instances any one may answer.")
            .WithTags("status")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task PageAsync(HttpContext context, StatusGathering status)
    {
        StatusTelemetry.CountView("html");
        var report = await status.GatherAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = NeverStored;
        await StatusPage.Render(report).WriteToAsync(context.Response, context.RequestAborted);
    }

    private static async Task<Ok<StatusDocument>> DocumentAsync(HttpContext context, StatusGathering status)
    {
        StatusTelemetry.CountView("json");
        var report = await status.GatherAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = NeverStored;
        return TypedResults.Ok(StatusDocument.From(report));
    }
}
