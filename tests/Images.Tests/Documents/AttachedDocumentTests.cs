using System.Text.Json;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests.Documents;

public sealed class AttachedDocumentTests(BaseRegistry bases) : IClassFixture<BaseRegistry>, IDisposable
{
    private readonly SampleApplication _application = SampleApplication.Create(bases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task A_pushed_image_has_the_list_of_its_parts_for_each_platform_and_its_provenance()
    {
        var result = await _application.Order(bases.BaseImage).PushAsync(bases.Registry);
        using var client = Pushing.Client(new RecordedEvents());
        var built = result.Built[0];

        var parts = new List<JsonElement>();
        foreach (var platform in built.Platforms)
        {
            parts.AddRange(await DocumentsAsync(client, result.Pushed[0].Repository, platform.Manifest.Digest, MediaTypes.Spdx));
        }

        var statement = Assert.Single(await DocumentsAsync(client, result.Pushed[0].Repository, built.Digest, MediaTypes.InToto));
        Assert.All(parts, part => Assert.Empty(SpdxRules.Findings(part)));
        Assert.Empty(ProvenanceRules.Findings(statement));
        Assert.Equal(["linux/amd64", "linux/arm64"], parts.Select(part => part.GetProperty("name").GetString()!.Split(' ')[1]));
        Assert.All(parts, part => Assert.Superset(
            new HashSet<string> { "Greetings", "OpenTelemetry.Api", "libc6", "libssl3", "shop/web" },
            part.GetProperty("packages").EnumerateArray().Select(package => package.GetProperty("name").GetString()!).ToHashSet()));
    }

    [Fact]
    public async Task What_a_base_consists_of_is_read_once()
    {
        var order = _application.Order(bases.BaseImage);
        // The other test may have pushed the application as it is, and what is there is not looked at.
        Greet("Welcome");
        await order.PushAsync(bases.Registry);
        var layers = Directory.GetFiles(Path.Combine(_application.Root, "artifacts", "images", "bases")).Where(file => !Path.HasExtension(file)).ToList();
        layers.ForEach(File.Delete);
        Greet("Good day");

        var result = await order.PushAsync(bases.Registry);

        using var client = Pushing.Client(new RecordedEvents());
        var parts = Assert.Single(await DocumentsAsync(client, result.Pushed[0].Repository, result.Built[0].Platforms[0].Manifest.Digest, MediaTypes.Spdx));
        Assert.NotEmpty(layers);
        Assert.DoesNotContain(layers, File.Exists);
        Assert.Contains("libc6", parts.GetProperty("packages").EnumerateArray().Select(package => package.GetProperty("name").GetString()));
    }

    private void Greet(string text) =>
        _application.Write("Greetings/Greeting.cs", $"namespace Greetings;\npublic static class Greeting {{ public const string Text = \"{text}\"; }}\n");

    private static async Task<List<JsonElement>> DocumentsAsync(RegistryClient client, RepositoryAddress repository, Digest image, string type)
    {
        var documents = new List<JsonElement>();
        foreach (var artifact in (await new Referrers(client).ListAsync(repository, image, Token)).Where(artifact => artifact.ArtifactType == type))
        {
            var manifest = JsonSerializer.Deserialize((await client.GetManifestAsync(repository, artifact.Digest.ToString(), Token)).Content.AsSpan(), OciJson.Manifest)!;
            documents.Add(JsonSerializer.Deserialize<JsonElement>(await new BlobDownload(client).ReadAsync(repository, manifest.Layers[0], Token)));
        }

        return documents;
    }
}
