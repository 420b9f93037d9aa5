using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images.Tests;

[Collection(nameof(OneBuild))]
public sealed class DockerfileImageTests(BuiltSite site) : IClassFixture<BuiltSite>
{
    [Fact]
    public void A_Dockerfile_becomes_an_image_for_each_architecture_without_the_values_of_its_arguments()
    {
        var image = site.First.Built[0];

        var configs = string.Concat(image.Platforms.Select(platform => Encoding.UTF8.GetString(platform.Config.AsSpan())));

        Assert.Equal(["amd64", "arm64"], image.Platforms.Select(platform => platform.Platform.Architecture));
        Assert.Contains("GREETED=yes", configs, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", configs, StringComparison.Ordinal);
        Assert.DoesNotContain("buildah", configs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_again_it_is_the_same_and_nothing_is_sent()
    {
        var second = await site.Order.PushAsync(site.Registry);

        Assert.Equal(site.First.Pushed, second.Pushed);
        Assert.Equal(0, second.BytesSent);
    }

    [Fact]
    public async Task Files_of_one_image_are_put_into_another()
    {
        var order = site.Order;
        var web = new ImageModel("web", "shop/web", new ImageSource.Project("../Web/Web.csproj"))
        {
            LogicalId = "WebRepository",
            Files = [new ImageFiles("site", "/app/./wwwroot", ["/site", "/page.txt"])],
        };

        var result = await (order with { Images = [.. order.Images, web] }).PushAsync(site.Registry);

        var layer = result.Built.Single(image => image.Resource == "web").Platforms[0].Layers.OfType<ImageLayer.Packed>().Last();
        Golden.Matches(PackedTree.Of(layer.File), "copied-files.txt");
    }

    [Fact]
    public async Task A_secret_of_a_build_is_there_while_it_runs_and_nowhere_afterwards()
    {
        // The base has no shell: this machine's needs nothing but the C library.
        Assert.SkipUnless(File.Exists("/bin/dash"), "It needs /bin/dash.");
        const string secret = "canary-of-a-build";
        var root = Path.GetDirectoryName(site.Order.Folder)!;
        Directory.CreateDirectory(Path.Combine(root, "Secretive"));
        File.Copy("/bin/dash", Path.Combine(root, "Secretive", "sh"), overwrite: true);
        await File.WriteAllTextAsync(
            Path.Combine(root, "Secretive", "Dockerfile"),
            """
            ARG BASE
            FROM ${BASE}
            USER 0
            COPY sh /bin/sh
            RUN --mount=type=secret,id=token read -r token < /run/secrets/token || :; echo "${#token} characters" > /proof.txt
            USER 1654
            """,
            TestContext.Current.CancellationToken);
        var source = new ImageSource.Build("../Secretive", "../Secretive/Dockerfile")
        {
            Args = site.Order.Images.Select(image => image.Source).OfType<ImageSource.Build>().First().Args.Remove("GREETING"),
            Secrets = ImmutableSortedDictionary.Create<string, ImageBuildSecret>(StringComparer.Ordinal).Add("token", new ImageBuildSecret(new Value.Secret("token"), File: null)),
        };
        var order = site.Order with { Images = [new ImageModel("secretive", "shop/secretive", source) { LogicalId = "SecretiveRepository" }], Architectures = [Architecture.Amd64] };

        var result = await order.PushAsync(site.Registry, name => name == "Parameters__token" ? secret : null);

        var platform = Assert.Single(Assert.Single(result.Built).Platforms);
        var files = string.Concat(platform.Layers.OfType<ImageLayer.Packed>().Select(layer => PackedTree.ContentOf(layer.File)));
        Assert.Contains($"{secret.Length} characters", files, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, files + Encoding.UTF8.GetString(platform.Config.AsSpan()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_builder_each_resource_has_its_problem()
    {
        var order = site.Order;
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(Need.Program("git")) + "/nothing");
        try
        {
            var missing = await Assert.ThrowsAsync<DeployException>(() => new DockerfileImages(new Progress<ImageEvent>(), new BuildValues(_ => null))
                .BuildAsync(order, order.Images, null!, TestContext.Current.CancellationToken));

            Assert.Equal("DEP214", Assert.Single(missing.Problems).Code);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }
}
