using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images.Tests;

public sealed class DockerfileImageTests(BaseRegistry bases) : IClassFixture<BaseRegistry>, IDisposable
{
    private const string Dockerfile =
        """
        ARG BASE
        FROM ${BASE}
        ARG GREETING
        COPY site/ /site/
        COPY page.txt /page.txt
        ENV GREETED=yes
        USER 1654
        """;

    private readonly SampleApplication _application = SampleApplication.Create(bases);

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task A_Dockerfile_becomes_an_image_for_each_architecture_without_the_values_of_its_arguments()
    {
        using var builder = new PrivateBuilder(bases.Registry);
        var order = Order();

        var result = await order.PushAsync(bases.Registry, builder.Variable);

        var configs = string.Concat(result.Built[0].Platforms.Select(platform => Encoding.UTF8.GetString(platform.Config.AsSpan())));
        Assert.Equal(["amd64", "arm64"], result.Built[0].Platforms.Select(platform => platform.Platform.Architecture));
        Assert.Contains("GREETED=yes", configs, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", configs, StringComparison.Ordinal);
        Assert.DoesNotContain("buildah", configs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_again_it_is_the_same_and_nothing_is_sent()
    {
        using var builder = new PrivateBuilder(bases.Registry);
        var order = Order();
        var first = await order.PushAsync(bases.Registry, builder.Variable);

        var second = await order.PushAsync(bases.Registry, builder.Variable);

        Assert.Equal(first.Pushed, second.Pushed);
        Assert.Equal(0, second.BytesSent);
    }

    [Fact]
    public async Task Files_of_one_image_are_put_into_another()
    {
        using var builder = new PrivateBuilder(bases.Registry);
        var order = Order();
        var web = new ImageModel("web", "shop/web", new ImageSource.Project("../Web/Web.csproj"))
        {
            LogicalId = "WebRepository",
            Files = [new ImageFiles("site", "/app/./wwwroot", ["/site", "/page.txt"])],
        };

        var result = await (order with { Images = [.. order.Images, web] }).PushAsync(bases.Registry, builder.Variable);

        var layer = result.Built.Single(image => image.Resource == "web").Platforms[0].Layers.OfType<ImageLayer.Packed>().Last();
        Golden.Matches(PackedTree.Of(layer.File), "copied-files.txt");
    }

    [Fact]
    public async Task Without_a_builder_each_resource_has_its_problem()
    {
        var order = Order();
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

    private ImageOrder Order()
    {
        _application.Write("Site/Dockerfile", Dockerfile);
        _application.Write("Site/site/index.html", "<p>Hello</p>\n");
        _application.Write("Site/site/deep/er.txt", "deep\n");
        _application.Write("Site/page.txt", "page\n");
        _application.Commit("Add a site", "2026-05-06T07:08:09Z");
        var order = _application.Order(bases.BaseImage);
        var source = new ImageSource.Build("../Site", "../Site/Dockerfile")
        {
            Args = ImmutableSortedDictionary.Create<string, Value?>(StringComparer.Ordinal).Add("BASE", Value.Of(bases.BaseImage)).Add("GREETING", Value.Of("hush")),
        };
        return order with { Images = [new ImageModel("site", "shop/site", source) { LogicalId = "SiteRepository" }] };
    }
}
