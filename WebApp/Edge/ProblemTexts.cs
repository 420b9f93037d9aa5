using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Platform.WebApp.Edge;

/// <summary>Fills in what every problem tells: a title, a sentence, the trace. The exception itself only in Development.</summary>
internal static class ProblemTexts
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, HtmlProblemWriter>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
    }

    public static void Complete(ProblemDetailsContext context)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.HttpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var problem = context.ProblemDetails;
        problem.Status ??= context.HttpContext.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= Detail(context, problem.Status.Value);
        if (Activity.Current is { } activity)
        {
            problem.Extensions["traceId"] = activity.TraceId.ToHexString();
        }
    }

    private static string? Detail(ProblemDetailsContext context, int status)
    {
        var development = context.HttpContext.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
        var exception = context.Exception ?? context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        return status switch
        {
            _ when development && exception is not null => exception.ToString(),
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
            >= StatusCodes.Status500InternalServerError => "The request failed here. It is in the log under the trace below.",
            _ => null,
        };
    }
}
