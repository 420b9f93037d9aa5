using System.Text.Json;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Images.Tests;

[Collection(nameof(OneBuild))]
public sealed class ProjectImageTests(BuiltApplication built)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_registry_gets_all_and_after_that_nothing()
    {
        await using var target = await RegistryProcess.StartAsync();
        built.Reset();
        var first = await built.Order.PushAsync(target);

        var second = await built.Order.PushAsync(target);

        var layers = first.Built[0].Platforms.SelectMany(platform => platform.Layers).Select(layer => layer.Blob.Digest);
        Assert.Empty(layers.Except(first.Sent));
        Assert.Equal(first.Pushed, second.Pushed);
        Assert.Equal(0, second.BytesSent);
        using var client = Pushing.Client(new RecordedEvents());
        Assert.Equal(first.Pushed[0].Digest, await client.FindDigestAsync(first.Pushed[0].Repository, first.Pushed[0].Tag, Token));
    }

    [Fact]
    public async Task A_change_of_one_line_sends_the_application_layer_alone()
    {
        var application = built.Reset();
        application.Write("Greetings/Greeting.cs", "namespace Greetings;\npublic static class Greeting { public const string Text = \"Good day\"; }\n");
        application.Commit("Greet more politely", "2026-03-04T05:06:07Z");

        var after = await built.Order.PushAsync(built.Bases.Registry);

        var changed = after.Built[0].Platforms.SelectMany(platform => platform.Layers).OfType<ImageLayer.Packed>().Where(layer => layer.Name == "application");
        var configs = after.Built[0].Platforms.Select(platform => Digest.Of(platform.Config.AsSpan()));
        var sentOfImage = after.Sent.Where(blob => after.Built[0].Platforms.Any(platform => platform.Layers.Any(layer => layer.Blob.Digest == blob) || Digest.Of(platform.Config.AsSpan()) == blob));
        Assert.Equal(changed.Select(layer => layer.Blob.Digest).Concat(configs).OrderBy(blob => blob.Hex), sentOfImage.OrderBy(blob => blob.Hex));
        Assert.NotEqual(built.First.Pushed[0].Digest, after.Pushed[0].Digest);
    }

    [Fact]
    public async Task Two_clones_of_one_commit_in_different_folders_give_one_digest()
    {
        var elsewhere = Path.Combine(Temporary.Folder(), "a folder", "of another depth");
        built.Reset();
        using var clone = built.Application.Clone(elsewhere);

        var there = await clone.Order(built.Bases.BaseImage).PushAsync(built.Bases.Registry);

        Assert.Equal(built.First.Pushed, there.Pushed);
        Assert.Equal(0, there.BytesSent);
        Directory.Delete(Path.GetFullPath(Path.Combine(elsewhere, "..", "..")), recursive: true);
    }

    [Fact]
    public async Task A_commit_that_does_not_concern_an_image_does_not_change_it()
    {
        var application = built.Reset();
        application.Write("docs/notes.md", "nothing that is built\n");
        application.Commit("Write notes", "2026-04-05T06:07:08Z");

        var after = await built.Order.PushAsync(built.Bases.Registry);

        Assert.Equal(built.First.Pushed, after.Pushed);
        Assert.Equal(0, after.BytesSent);
    }

    [Fact]
    public async Task Changes_that_are_not_committed_show_in_the_tag_and_what_is_gone_is_gone_from_the_image()
    {
        var application = built.Reset();
        application.Write("Web/wwwroot/old.css", "p { margin: 0 }\n");
        var first = await built.Order.PushAsync(built.Bases.Registry);
        File.Delete(Path.Combine(application.Root, "Web", "wwwroot", "old.css"));
        application.Write("Web/wwwroot/site.css", "body { color: #ffffff }\n");

        var second = await built.Order.PushAsync(built.Bases.Registry);

        var commit = application.Git("rev-parse", "--short=12", "HEAD");
        Assert.Equal($"1.4.0-{commit}-dirty", first.Pushed[0].Tag);
        Assert.Equal($"1.4.0-{commit}-dirty-{second.Pushed[0].Digest.Short}", second.Pushed[0].Tag);
        var layer = second.Built[0].Platforms[0].Layers.OfType<ImageLayer.Packed>().Single(layer => layer.Name == "application");
        Assert.DoesNotContain("old.css", PackedTree.Of(layer.File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_with_a_lock_file_is_built_from_those_packages_alone()
    {
        var application = built.Reset();
        application.Write(
            "Web/packages.lock.json",
            """{ "version": 1, "dependencies": { "net10.0": { "OpenTelemetry.Api": { "type": "Direct", "requested": "[1.20.0, )", "resolved": "1.20.0", "contentHash": "x" } } } }""");

        var refused = await Assert.ThrowsAsync<Problems.DeployException>(() => built.Order.PushAsync(built.Bases.Registry));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("DEP246", "OpenTelemetry.Api: 1.20.0 is locked, 1.20.1 was restored"), (problem.Code, problem.Detail?.Split('\n')[0]));
    }

    [Fact]
    public void The_packed_tree_has_one_owner_fixed_modes_and_no_time_of_the_build() => Golden.Matches(built.Trees, "packed-tree.txt");

    [Fact]
    public void The_image_says_what_it_is_and_where_it_comes_from()
    {
        var config = JsonSerializer.Deserialize(built.First.Built[0].Platforms[0].Config.AsSpan(), OciJson.Config);
        var index = JsonSerializer.Deserialize(built.First.Built[0].Index.Content.AsSpan(), OciJson.Index);

        var text = JsonSerializer.Serialize(new { config, index }, Indented);

        Golden.Matches(Normal(text), "config-and-index.json");
    }

    [Fact]
    public async Task Another_client_reads_the_index_and_both_platforms()
    {
        var reference = built.First.Pushed[0].Reference;

        var index = Digest.Of(System.Text.Encoding.UTF8.GetBytes(await Skopeo.InspectAsync(reference, "--raw")));
        var images = new List<SkopeoImage?>();
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            images.Add(JsonSerializer.Deserialize<SkopeoImage>(await Skopeo.InspectAsync(reference, $"--override-arch={architecture}", "--override-os=linux")));
        }

        Assert.Equal(built.First.Pushed[0].Digest, index);
        Assert.Equal(["linux/amd64", "linux/arm64"], images.Select(image => $"{image?.Os}/{image?.Architecture}"));
        Assert.Equal(
            built.First.Built[0].Platforms.Select(platform => string.Join(' ', platform.Layers.Select(layer => layer.Blob.Digest))),
            images.Select(image => string.Join(' ', image?.Layers ?? [])));
        Assert.All(images, image => Assert.Equal("web", image?.Labels["org.opencontainers.image.title"]));
    }

    [Fact]
    public async Task Copied_by_another_client_to_another_registry_it_keeps_its_digest()
    {
        await using var target = await RegistryProcess.StartAsync();

        await Skopeo.CopyAsync(built.First.Pushed[0].Reference, $"{target.Host}/copied/web:1.4.0");

        using var client = Pushing.Client(new RecordedEvents());
        Assert.Equal(built.First.Pushed[0].Digest, await client.FindDigestAsync(new Deploy.Registries.RepositoryAddress(target.Host, "copied/web"), "1.4.0", Token));
    }

    // Ports, digests and the commit differ from run to run, by the port alone.
    private string Normal(string text)
    {
        text = text.Replace(built.Bases.BaseImage, "registry/dotnet/aspnet:10.0", StringComparison.Ordinal)
            .Replace(built.Bases.Digest.ToString(), "sha256:BASE", StringComparison.Ordinal)
            .Replace(built.First.Built[0].Revision!.Commit, "COMMIT", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(
            System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{64}", "DIGEST"), "(?<=\"Size\": )[0-9]+|(?<=_VERSION=)[0-9.]+", "N");
    }

    private sealed record SkopeoImage(string Os, string Architecture, string[] Layers, Dictionary<string, string> Labels);
}
