using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;
using Platform.Deploy.Sources;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>What all environments of an application share in an account: each of them deploys it, so it has to be the same from each.</summary>
public sealed class SharedStacksTests
{
    private const string Manifest = """
        {
          "resources": {
            "web": {"type": "project.v0", "path": "Web/Web.csproj"},
            "stub": {"type": "dockerfile.v0", "path": "stub/Dockerfile", "context": "stub"},
            "cache": {"type": "container.v0", "image": "docker.io/library/redis:7.4"}
          }
        }
        """;

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    public void What_environments_share_is_the_same_in_every_profile(string environment)
    {
        var ofDev = Shared(Bound("dev", []));

        var others = Shared(Bound(environment, []));

        Assert.Equal(["shop-bootstrap", "shop-registry"], ofDev.Select(stack => stack.Name));
        Assert.Equal(ofDev.Select(Whole), others.Select(Whole));
    }

    [Theory]
    [InlineData("resources.stub.substitute.externalUrl=https://api.example.com")]
    [InlineData("images.mirror=true")]
    [InlineData("images.mirror=false")]
    [InlineData("tags.team=4711")]
    [InlineData("network.egress=private")]
    [InlineData("edge.domain=shop.example.com")]
    public void A_setting_of_one_environment_changes_nothing_that_others_share(string setting)
    {
        var plain = Shared(Bound("production", []));

        var changed = Shared(Bound("production", [setting]));

        Assert.Equal(plain.Select(Whole), changed.Select(Whole));
    }

    [Fact]
    public void What_environments_share_stays_when_its_stack_goes()
    {
        var registry = Shared(Bound("dev", [])).Single(stack => stack.ShortName == RegistryStack.ShortName);

        var repositories = TemplateView.Json(registry)["Resources"]!.AsObject().Select(resource => resource.Value!).ToList();

        Assert.True(registry.TerminationProtection);
        Assert.All(repositories, repository => Assert.Equal("Retain", repository["DeletionPolicy"]!.GetValue<string>()));
        Assert.All(repositories, repository => Assert.False(repository["Properties"]!["EmptyOnDelete"]!.GetValue<bool>()));
    }

    [Fact]
    public void Copies_of_images_are_one_environments()
    {
        var dev = Mirrored(Bound("dev", ["images.mirror=true"]));
        var production = Mirrored(Bound("production", []));

        Assert.Equal(("shop-dev-mirror", "shop/mirror/dev/docker.io/library/redis"), dev);
        Assert.Equal(("shop-production-mirror", "shop/mirror/production/docker.io/library/redis"), production);
    }

    private static (string Stack, string Repository) Mirrored(DeploymentModel model)
    {
        var stack = StackRenderer.Render(model).Stacks.Single(stack => stack.ShortName == MirrorStack.ShortName);
        return (stack.Name, TemplateView.Json(stack)["Resources"]!.AsObject().Single().Value!["Properties"]!["RepositoryName"]!.GetValue<string>());
    }

    private static List<StackTemplate> Shared(DeploymentModel model) =>
        [.. StackRenderer.Render(model).Stacks.Where(stack => stack.Scope is StackScope.Account or StackScope.Product)];

    private static DeploymentModel Bound(string environment, ImmutableArray<string> settings)
    {
        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(Manifest), "/nowhere");
        var reading = SettingsReader.Read(new SettingsInput { Environment = environment, DefaultApplication = "shop", Flags = [.. settings.Select(setting => new SettingFlag("--set", Key: null, setting))] });
        return ModelBinder.Bind(manifest.Manifest, reading.Settings, MountedFiles.Read(manifest.Manifest, SourceRoot.At(Path.GetTempPath()))).Model;
    }

    private static string Whole(StackTemplate stack) => string.Join('\n',
    [
        $"{stack.ShortName} {stack.Name} {stack.Scope} {stack.TerminationProtection}",
        Encoding.UTF8.GetString([.. stack.Body]),
        stack.StackPolicy is { } policy ? Encoding.UTF8.GetString([.. policy]) : "no stack policy",
        .. stack.Parameters.Select(parameter => parameter.ToString()),
        .. stack.Capabilities,
        .. stack.Tags.Select(tag => tag.ToString()),
        .. stack.Exports,
        .. stack.Imports,
    ]);
}
