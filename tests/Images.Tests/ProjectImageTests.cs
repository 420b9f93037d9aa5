using System.Text.Json;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Images.Tests;

public sealed class ProjectImageTests(BaseRegistry bases) : IClassFixture<BaseRegistry>, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly SampleApplication _application = SampleApplication.Create(bases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task What_was_pushed_is_not_sent_again()
    {
        await using var target = await RegistryProcess.StartAsync();
        var order = _application.Order(bases.BaseImage);
        var first = await order.PushAsync(target);

        var second = await order.PushAsync(target);

        Assert.Equal(first.Pushed, second.Pushed);
        Assert.True(first.BytesSent > 0);
        Assert.Equal(0, second.BytesSent);
    }

    [Fact]
    public async Task A_change_of_one_line_sends_the_application_layer_alone()
    {
        var order = _application.Order(bases.BaseImage);
        var before = await order.PushAsync(bases.Registry);
        _application.Write("Greetings/Greeting.cs", "namespace Greetings;\npublic static class Greeting { public const string Text = \"Good day\"; }\n");
        _application.Commit("Greet more politely", "2026-03-04T05:06:07Z");

        var after = await order.PushAsync(bases.Registry);

        var application = after.Built[0].Platforms.SelectMany(platform => platform.Layers).OfType<ImageLayer.Packed>().Where(layer => layer.Name == "application");
        var configs = after.Built[0].Platforms.Select(platform => Digest.Of(platform.Config.AsSpan()));
        var sentOfImage = after.Sent.Where(blob => after.Built[0].Platforms.Any(platform => platform.Layers.Any(layer => layer.Blob.Digest == blob) || Digest.Of(platform.Config.AsSpan()) == blob));
        Assert.Equal(application.Select(layer => layer.Blob.Digest).Concat(configs).OrderBy(blob => blob.Hex), sentOfImage.OrderBy(blob => blob.Hex));
        Assert.NotEqual(before.Pushed[0].Digest, after.Pushed[0].Digest);
    }

    [Fact]
    public async Task Two_clones_of_one_commit_in_different_folders_give_one_digest()
    {
        var elsewhere = Path.Combine(Temporary.Folder(), "a folder", "of another depth");
        using var clone = _application.Clone(elsewhere);

        var here = await _application.Order(bases.BaseImage).PushAsync(bases.Registry);
        var there = await clone.Order(bases.BaseImage).PushAsync(bases.Registry);

        Assert.Equal(here.Pushed, there.Pushed);
        Assert.Equal(0, there.BytesSent);
        Directory.Delete(Path.GetFullPath(Path.Combine(elsewhere, "..", "..")), recursive: true);
    }

    [Fact]
    public async Task A_commit_that_does_not_concern_an_image_does_not_change_it()
    {
        var order = _application.Order(bases.BaseImage);
        var before = await order.PushAsync(bases.Registry);
        _application.Write("docs/notes.md", "nothing that is built\n");
        _application.Commit("Write notes", "2026-04-05T06:07:08Z");

        var after = await order.PushAsync(bases.Registry);

        Assert.Equal(before.Pushed, after.Pushed);
        Assert.Equal(0, after.BytesSent);
    }

    [Fact]
    public async Task A_file_that_is_no_longer_published_is_no_longer_in_the_image()
    {
        var order = _application.Order(bases.BaseImage);
        _application.Write("Web/wwwroot/old.css", "p { margin: 0 }\n");
        await order.PushAsync(bases.Registry);
        File.Delete(Path.Combine(_application.Root, "Web", "wwwroot", "old.css"));

        var after = await order.PushAsync(bases.Registry);

        Assert.DoesNotContain("old.css", PackedTree.Of(Layer(after, "application")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_packed_tree_has_one_owner_fixed_modes_and_no_time_of_the_build()
    {
        var result = await _application.Order(bases.BaseImage).PushAsync(bases.Registry);

        Golden.Matches(
            $"dependencies\n{PackedTree.Of(Layer(result, "dependencies"))}\napplication\n{PackedTree.Of(Layer(result, "application"))}",
            "packed-tree.txt");
    }

    [Fact]
    public async Task The_image_says_what_it_is_and_where_it_comes_from()
    {
        var result = await _application.Order(bases.BaseImage).PushAsync(bases.Registry);

        var config = JsonSerializer.Deserialize(result.Built[0].Platforms[0].Config.AsSpan(), OciJson.Config);
        var index = JsonSerializer.Deserialize(result.Built[0].Index.Content.AsSpan(), OciJson.Index);
        var text = JsonSerializer.Serialize(new { config, index }, Indented);
        Golden.Matches(Normal(text, result), "config-and-index.json");
    }

    [Fact]
    public async Task Changes_that_are_not_committed_show_in_the_tag_and_a_second_state_gets_its_own()
    {
        var order = _application.Order(bases.BaseImage);
        _application.Write("Web/wwwroot/site.css", "body { color: #000000 }\n");
        var first = await order.PushAsync(bases.Registry);
        _application.Write("Web/wwwroot/site.css", "body { color: #ffffff }\n");

        var second = await order.PushAsync(bases.Registry);

        var commit = _application.Git("rev-parse", "--short=12", "HEAD");
        Assert.Equal($"1.4.0-{commit}-dirty", first.Pushed[0].Tag);
        Assert.Equal($"1.4.0-{commit}-dirty-{second.Pushed[0].Digest.Short}", second.Pushed[0].Tag);
    }

    [Fact]
    public async Task The_layers_of_a_base_in_another_registry_are_brought_along()
    {
        await using var target = await RegistryProcess.StartAsync();

        var result = await _application.Order(bases.BaseImage).PushAsync(target);

        var ofBase = result.Built[0].Platforms.SelectMany(platform => platform.Layers).OfType<ImageLayer.OfBase>().Select(layer => layer.Blob.Digest);
        Assert.Empty(ofBase.Except(result.Sent));
        using var client = Pushing.Client(new RecordedEvents());
        Assert.Equal(result.Pushed[0].Digest, await client.FindDigestAsync(result.Pushed[0].Repository, result.Pushed[0].Tag, Token));
    }

    private static string Layer(PushResult result, string name) =>
        result.Built[0].Platforms[0].Layers.OfType<ImageLayer.Packed>().Single(layer => layer.Name == name).File;

    // Ports, digests and the commit differ from run to run, by the port alone.
    private string Normal(string text, PushResult result)
    {
        text = text.Replace(bases.BaseImage, "registry/dotnet/aspnet:10.0", StringComparison.Ordinal)
            .Replace(bases.Digest.ToString(), "sha256:BASE", StringComparison.Ordinal)
            .Replace(result.Built[0].Revision!.Commit, "COMMIT", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(
            System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{64}", "DIGEST"), "(?<=\"Size\": )[0-9]+|(?<=_VERSION=)[0-9.]+", "N");
    }
}
