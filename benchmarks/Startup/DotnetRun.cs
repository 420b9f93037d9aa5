using System.Diagnostics;

namespace Platform.Benchmarks.Startup;

/// <param name="Build"><c>dotnet build AppHost</c> where nothing is to do.</param>
/// <param name="WebApp"><c>dotnet run --project AppHost</c> to the first healthy answer of the web application.</param>
internal sealed record DotnetRunFigures(TimeSpan Build, TimeSpan WebApp);

internal static class DotnetRun
{
    /// <summary>What MSBuild adds where everything is built (Debug, the default).</summary>
    public static async Task<DotnetRunFigures> MeasureAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await checkout.BuildAsync("Debug", cancellationToken);
        var build = Stopwatch.GetElapsedTime(started);

        await using var host = new RunningHost(checkout.Run());
        var webApp = await host.WebAppAsync(cancellationToken);
        _ = await host.StopAsync(cancellationToken);
        return new DotnetRunFigures(build, webApp);
    }
}
