using System.Globalization;

namespace Platform.Benchmarks.Startup;

/// <summary>The first run ever: an empty clone of the last commit, empty package caches, everything restored, built and started.</summary>
internal static class FirstRun
{
    public static async Task<string> MeasureAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("platform-first-run-");
        try
        {
            var clone = await checkout.CloneAsync(Path.Combine(folder.FullName, "clone"), cancellationToken);
            var load = MachineLoad.Now();
            var start = clone.Run();
            start.Environment["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "nuget");
            start.Environment["npm_config_cache"] = Path.Combine(folder.FullName, "npm");

            // A server of an earlier build would make it faster than a first one is, and would outlive this.
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["UseSharedCompilation"] = "false";
            await using var host = new RunningHost(start);
            var webApp = await host.WebAppAsync(cancellationToken);
            _ = await host.StopAsync(cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"first run of an empty clone, all restores: web app healthy after {webApp.TotalSeconds:0.0} s (load {load})");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
