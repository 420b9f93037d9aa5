using System.Text;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Binding;

public sealed class RealManifestTests
{
    [Fact]
    public void Every_real_manifest_is_bound_or_refused_for_stated_reasons()
    {
        var files = Directory.GetFiles(Need.SharedData("manifests"), "*.json")
            .Where(file => !Path.GetFileName(file).StartsWith("schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var text = new StringBuilder();

        foreach (var file in files)
        {
            var settings = SettingsReader.Read(new SettingsInput { Environment = "dev", DefaultApplication = "shop" }).Settings;
            var binding = ModelBinder.Bind(ManifestReader.Read(File.ReadAllBytes(file), "/app").Manifest, settings, MountedFiles.None);
            text.Append(Path.GetFileName(file)).Append(binding.Problems.IsEmpty ? ": renders\n" : ": refused\n");
            text.Append(string.Concat(binding.Problems.Select(problem => $"  {problem.Code} {problem.Subject}: {problem.Summary}\n")));
        }

        Golden.Matches(text.ToString(), "Binding/real-manifests.txt");
    }
}
