using System.Diagnostics;
using Platform.WebApp.Traffic;

namespace Platform.WebApp.Edge;

internal static class RequestRecording
{
    public static void UseRequestRecording(this WebApplication app)
    {
        var history = app.Services.GetRequiredService<RequestHistory>();
        app.Use(async (context, next) =>
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                history.Record(Stopwatch.GetElapsedTime(begun), context.Response.StatusCode);
            }
        });
    }
}
