using System.Text;
using Platform.Deploy.Tests.Commands;

namespace Platform.Deploy.Tests.Rendering;

public sealed class RealManifestRenderingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_real_manifest_is_rendered_or_refused_and_what_is_rendered_builds()
    {
        var files = Directory.GetFiles(Need.SharedData("manifests"), "*.json")
            .Where(file => !Path.GetFileName(file).StartsWith("schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var kubectl = Need.Kubectl();
        var text = new StringBuilder();

        foreach (var file in files)
        {
            var command = await PlatformCommand.RunAsync(
                "render", "--manifest", file, "--output", _folder.File("out"), "-e", "production", "--settings", _folder.Path, "--set", "edge.allowHttp=true");
            text.Append(Path.GetFileName(file)).Append(command.ExitCode == 0 ? ": rendered\n" : $": exit code {command.ExitCode}, {Codes(command.Error)}\n");
            if (command.ExitCode == 0)
            {
                await Command.OutputAsync(kubectl, "kustomize", _folder.File("out/kustomize/overlays/production"));
            }
        }

        Golden.Matches(text.ToString(), "Rendering/real-manifests.txt");
    }

    private static string Codes(string error) =>
        string.Join(' ', error.Split('\n').Where(line => line.StartsWith("error ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1].TrimEnd(':')).Distinct().Order(StringComparer.Ordinal));
}
