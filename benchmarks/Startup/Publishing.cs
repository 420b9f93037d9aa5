using System.Diagnostics;

namespace Platform.Benchmarks.Startup;

internal static class Publishing
{
    /// <summary>The time of the whole process that writes the manifest.</summary>
    public static async Task<TimeSpan> MeasureAsync(Checkout checkout, string configuration, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            var started = Stopwatch.GetTimestamp();
            await Checkout.RunAsync(checkout.Start(configuration, "--publisher", "manifest", "--output-path", file), cancellationToken);
            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
