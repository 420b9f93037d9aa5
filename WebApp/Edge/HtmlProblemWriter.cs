using Platform.WebApp.Pages;
using Platform.WebApp.Status;

namespace Platform.WebApp.Edge;

/// <summary>Shows problems to browsers as a page. The API answers in JSON whatever the caller accepts.</summary>
internal sealed class HtmlProblemWriter(InstanceIdentity identity) : IProblemDetailsWriter
{
    private const string ApiPath = "/api";

    public bool CanWrite(ProblemDetailsContext context) =>
        !context.HttpContext.Request.Path.StartsWithSegments(ApiPath, StringComparison.Ordinal)
        && context.HttpContext.Request.GetTypedHeaders().Accept.Any(accepted =>
            accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && accepted.Quality != 0);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemTexts.Complete(context);
        await ProblemPage.Render(identity.Service, context.ProblemDetails).WriteToAsync(context.HttpContext.Response, context.HttpContext.RequestAborted);
    }
}
