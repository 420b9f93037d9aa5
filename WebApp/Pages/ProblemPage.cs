using Microsoft.AspNetCore.Mvc;

namespace Platform.WebApp.Pages;

/// <summary>Problem details for people: what the API writes as <c>application/problem+json</c>.</summary>
internal static class ProblemPage
{
    public static Html Render(string service, ProblemDetails problem) => Layout.Render(
        $"{problem.Title}: {service}",
        service,
        Html.Empty,
        Html.Of($"""
                <section class="hero problem">
                  <p class="status">{problem.Status ?? StatusCodes.Status500InternalServerError}</p>
                  <h1>{problem.Title}</h1>
                  <p>{problem.Detail}</p>
                  <p class="trace">{TraceText(problem)}</p>
                  <p><a href="/">To the status page</a></p>
                </section>
            """));

    private static string TraceText(ProblemDetails problem) =>
        problem.Extensions.TryGetValue("traceId", out var trace) && trace is string id ? $"Trace {id}" : string.Empty;
}
