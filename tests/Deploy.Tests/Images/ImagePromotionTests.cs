using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Images;

public sealed class ImagePromotionTests : IDisposable
{
    private const string Tag = "1.4.0-aaaaaaaaaaaa";
    private static readonly byte[] Content = RegistrySession.Content(1_000);
    private static readonly RegistryPrefix Live = new("registry.example", "live");
    private static readonly RegistryPrefix Here = new("registry.example", "");
    private readonly ImageTestbed _bed = new(new FakeRegistry { HasImmutableTags = true });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ImagePromotion Promotion => new(_bed.Tools, _bed.Folder.Path);

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task What_is_promoted_has_the_tag_and_the_mark_of_the_environment()
    {
        var image = await _bed.PushAsync(_bed.Image(_bed.Layer("application", Content)));

        var promoted = await Promotion.RunAsync([image], Here, ("production", Live), Token);

        Assert.Equal(image with { Repository = new RepositoryAddress("registry.example", "live/shop/web") }, Assert.Single(promoted).Image);
        Assert.Equal([image.Digest, image.Digest], [Promoted(Tag), Promoted($"for-production-{Tag}")]);
    }

    [Fact]
    public async Task What_was_promoted_is_found_by_what_it_was_made_from()
    {
        var image = await _bed.PushAsync(_bed.Image(_bed.Layer("application", Content)));
        var other = await _bed.PushAsync(_bed.Image(_bed.Layer("other", [1, 2, 3])));
        await ImageMarks.NameAsync(_bed.Tools.Client, image, "inputs-0a", Token);
        await ImageMarks.NameAsync(_bed.Tools.Client, other, "inputs-0b", Token);

        await Promotion.RunAsync([image], Here, ("production", Live), Token);

        Assert.Equal([image.Digest, null], [Promoted("inputs-0a"), Promoted("inputs-0b")]);
    }

    [Fact]
    public async Task Where_the_tag_names_another_image_the_one_that_is_put_and_told_has_the_digest_behind_it()
    {
        var image = await _bed.PushAsync(_bed.Image(_bed.Layer("application", Content)));
        var other = Samples.Image("other").Manifest;
        _bed.Session.Registry.Put("live/shop/web", Tag, other);

        var first = await Promotion.RunAsync([image], Here, ("production", Live), Token);
        var second = await Promotion.RunAsync([image], Here, ("production", Live), Token);

        var distinct = $"{Tag}-{image.Digest.Short}";
        Assert.Equal([distinct, distinct], [first[0].Image.Tag, second[0].Image.Tag]);
        Assert.Equal([other.Digest, image.Digest, image.Digest, null], [Promoted(Tag), Promoted(distinct), Promoted($"for-production-{distinct}"), Promoted($"for-production-{Tag}")]);
    }

    [Fact]
    public async Task An_image_for_the_architectures_of_the_target_is_found()
    {
        var image = await _bed.PushAsync(_bed.Image(_bed.Layer("application", Content)));

        var found = await FindAsync("amd64");

        Assert.Equal([image], found);
    }

    [Fact]
    public async Task An_image_that_lacks_an_architecture_of_the_target_is_not_promoted()
    {
        var image = await _bed.PushAsync(_bed.Image(_bed.Layer("application", Content)));

        var problem = await RegistrySession.ProblemAsync(() => FindAsync("amd64", "arm64"));

        Assert.Equal(
            new Problem(
                "DEP247",
                "The image of 'web' is not made for arm64, which the cluster of 'production' has (cluster.architectures).",
                "Build it for all with 'images push --environment staging --architectures amd64,arm64', then promote that.",
                ExitCode.Input)
            { Subject = image.Reference },
            problem);
    }

    [Fact]
    public async Task An_image_without_an_index_is_made_for_the_architecture_of_its_config()
    {
        var (manifest, layer, config) = Samples.Image("by hand");
        _bed.Session.Registry.Put("shop/web", layer);
        _bed.Session.Registry.Put("shop/web", config);
        _bed.Session.Registry.Put("shop/web", Tag, manifest);

        var found = await FindAsync("amd64");
        var problem = await RegistrySession.ProblemAsync(() => FindAsync("arm64"));

        Assert.Equal((manifest.Digest, "DEP247"), (Assert.Single(found).Digest, problem.Code));
    }

    private Task<ImmutableArray<PushedImage>> FindAsync(params ImmutableArray<string> architectures) => Promotion.FindAsync(
        [new ImageModel("web", "shop/web", new ImageSource.Project("Web/Web.csproj")) { LogicalId = "WebRepository" }],
        ("staging", Here),
        Tag,
        ("production", architectures),
        Token);

    private Digest? Promoted(string target) => _bed.Session.Registry.Manifest("live/shop/web", target)?.Digest;
}
