using System.Collections.Immutable;
using System.Text;
using k8s.Models;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Rendering;

public sealed class KustomizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_overlay_builds_to_exactly_the_plain_objects_of_its_environment()
    {
        var kubectl = Need.Kubectl();
        ImmutableArray<EnvironmentRendering> environments = [Environment(Profile.Dev), Environment(Profile.Staging), Environment(Profile.Production)];
        Write(environments);

        foreach (var environment in environments)
        {
            await BuildsAsync(kubectl, environment);
        }
    }

    [Fact]
    public async Task The_overlay_of_every_scenario_builds_to_its_plain_objects()
    {
        var kubectl = Need.Kubectl();

        foreach (var model in Binding.ScenarioTests.Valid())
        {
            var environment = EnvironmentRendering.Of(model);
            Write([environment]);
            await BuildsAsync(kubectl, environment);
        }
    }

    [Fact]
    public void An_overlay_holds_what_differs_from_the_base_and_nothing_else()
    {
        var production = Objects(Profile.Production, Map("same", ("KEY", "1")), Map("changed", ("a/b~c", "1"), ("GONE", "1")), Map("only-production", ("KEY", "1")));
        var staging = Objects(Profile.Staging, Map("same", ("KEY", "1")), Map("changed", ("a/b~c", "2"), ("NEW", "1")), Map("only-staging", ("KEY", "1")));

        Write([staging, production]);

        Golden.Matches(_folder.Listing("kustomize"), "Rendering/kustomize.txt");
    }

    [Fact]
    public void The_base_shows_the_strictest_environment_without_namespace_registry_and_digest()
    {
        Write([Environment(Profile.Dev), Environment(Profile.Production)]);

        var text = _folder.Listing("kustomize/base");

        Assert.DoesNotContain("namespace: shop", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256:", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".com/shop/web", text, StringComparison.Ordinal);
        Assert.Contains("image: shop/web\n", text, StringComparison.Ordinal);
        Assert.Contains("minReplicas: 3\n", text, StringComparison.Ordinal);
    }

    private async Task BuildsAsync(string kubectl, EnvironmentRendering environment)
    {
        var built = await Command.OutputAsync(kubectl, "kustomize", _folder.File($"kustomize/overlays/{environment.Name}"));

        var plain = Encoding.UTF8.GetString(KubernetesYaml.Write(environment.Objects.Objects.Where(item => item.Phase == ObjectPhase.Application)).Span);
        Assert.Equal(YamlDocuments.Objects(plain), YamlDocuments.Objects(built));
    }

    private static EnvironmentRendering Objects(Profile profile, params V1ConfigMap[] maps)
    {
        var model = Sample.Model(profile);
        return new EnvironmentRendering(
            model,
            new StackRendering([], []),
            new ObjectRendering([.. maps.Select(map => new KubernetesObject(map, $"{map.Name()}.yaml") { Phase = ObjectPhase.Application })], [], []));
    }

    private static V1ConfigMap Map(string name, params (string Key, string Value)[] data) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "shop" },
        Data = data.ToDictionary(item => item.Key, item => item.Value),
    };

    private static EnvironmentRendering Environment(Profile profile)
    {
        var model = Sample.Model(profile);
        var web = Sample.Web() with
        {
            Scaling = profile == Profile.Dev ? new ScalingModel(1, 1, 70) : Sample.Web().Scaling,
            Environment = Sample.Web().Environment.SetItem("A/B~C", Value.Of($"{profile}: \"quoted\" {{}}")).SetItem("MODE", Value.Of(profile == Profile.Dev ? "true" : "012")),
        };
        return EnvironmentRendering.Of(model with { Workloads = profile == Profile.Staging ? [web] : [Sample.Database(), web] });
    }

    private void Write(ImmutableArray<EnvironmentRendering> environments)
    {
        foreach (var file in KustomizeFiles.Of(environments))
        {
            _folder.Write(file.Path, Encoding.UTF8.GetString(file.Write().Span));
        }
    }
}
