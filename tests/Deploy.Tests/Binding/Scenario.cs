using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Deploy.Sources;

namespace Platform.Deploy.Tests.Binding;

/// <summary>
/// A folder below <c>Scenarios</c>: <c>manifest.json</c>, and <c>settings.json</c> where the defaults of dev do not do. The environment is called as the
/// profile that the settings name. Files beside them are what bind mounts lead to.
/// </summary>
/// <param name="Problems">Of all stages up to binding.</param>
internal sealed record Scenario(string Name, DeploymentModel Model, ImmutableArray<Problem> Problems)
{
    /// <summary>Has to fail.</summary>
    public bool IsInvalid => Name.StartsWith("invalid-", StringComparison.Ordinal);

    /// <summary>Its settings ask for what benchmarks advise against.</summary>
    public bool IsLax => Name.StartsWith("lax-", StringComparison.Ordinal);

    public static string Root => Path.Combine(Repository.TestProject, "Scenarios");

    /// <summary>Of all folders, in ordinal order.</summary>
    public static IEnumerable<string> Names => Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static Scenario Run(string name)
    {
        var folder = Path.Combine(Root, name);
        var settings = Settings(Path.Combine(folder, "settings.json"));
        var manifest = ManifestReader.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")), folder);
        var binding = ModelBinder.Bind(manifest.Manifest, settings.Settings, MountedFiles.Read(manifest.Manifest, SourceRoot.At(folder)));
        return new Scenario(name, binding.Model, [.. settings.Problems, .. manifest.Problems, .. binding.Problems]);
    }

    private static SettingsReading Settings(string file)
    {
        var bytes = File.Exists(file) ? File.ReadAllBytes(file) : "{}"u8.ToArray();
        using var json = JsonDocument.Parse(bytes);
        var environment = json.RootElement.TryGetProperty("profile", out var profile) ? profile.GetString() ?? "" : "dev";
        return SettingsReader.Read(new SettingsInput { Environment = environment, DefaultApplication = "shop", File = new SettingsFile($"environments/{environment}.json", bytes) });
    }
}
