using Platform.Deploy.Tests.Commands;

namespace Platform.Deploy.Tests.Rendering;

/// <summary>What stands in the files that belong to no single stage. Templates, objects, compose.yaml and the coverage have golden files of their own.</summary>
public sealed class OutputContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputContentTests() => Shop.WriteTo(_folder, "shop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_files_around_templates_and_objects_say_how_all_is_put_together()
    {
        string[] files =
        [
            "README.md",
            "argocd/dev.yaml",
            "argocd/production.yaml",
            "infrastructure/dev/stacks.json",
            "infrastructure/production/stacks.json",
            "kustomize/base/kustomization.yaml",
            "kustomize/overlays/dev/kustomization.yaml",
            "kustomize/overlays/production/kustomization.yaml",
            "late-values.json",
            "plan-inputs.json",
        ];

        var command = await PlatformCommand.RunAsync(
            "render", "--manifest", _folder.File("shop/aspire-manifest.json"), "--output", _folder.File("out"),
            "--set", "region=eu-central-1", "--set", "account=123456789012", "--set", "gitHub.repository=example/shop");

        Assert.Equal((0, ""), (command.ExitCode, command.Error));
        Assert.All(files, file => Golden.Matches(File.ReadAllText(_folder.File($"out/{file}")), $"Rendering/content/{file}.txt"));
    }
}
