using System.Text;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

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
