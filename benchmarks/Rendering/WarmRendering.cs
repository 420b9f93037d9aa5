using System.Diagnostics;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;
using Platform.Deploy.Settings;

namespace Platform.Benchmarks.Rendering;

/// <summary>The pure stages in this process, from the bytes of a manifest to the bytes of all files, once everything is compiled.</summary>
internal static class WarmRendering
{
    private const int WarmUps = 100;
    private const int Runs = 51;

    /// <returns>The median.</returns>
    public static TimeSpan Measure(byte[] manifest)
    {
        for (var run = 0; run < WarmUps; run++)
        {
            Render(manifest);
        }

        var times = new List<TimeSpan>();
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            Render(manifest);
            times.Add(clock.Elapsed);
        }

        return times.Order().ElementAt(Runs / 2);
    }

    private static void Render(byte[] manifest)
    {
        var reading = ManifestReader.Read(manifest, Path.GetTempPath());
        var settings = SettingsReader.Read(new SettingsInput
        {
            Environment = "production",
            DefaultApplication = "shop",
            File = new SettingsFile("production.json", ServiceManifest.Settings()),
        });
        var binding = ModelBinder.Bind(reading.Manifest, settings.Settings, MountedFiles.None);
        if (reading.Problems.Length + settings.Problems.Length + binding.Problems.Length > 0)
        {
            throw new InvalidOperationException("The manifest of the benchmark has problems.");
        }

        var tree = ApplicationRendering.Files([EnvironmentRendering.Of(binding.Model)], [new EnvironmentCoverage("production", binding.Coverage)]);
        foreach (var file in tree.Files)
        {
            _ = file.Write();
        }
    }
}
