using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.KubernetesObjects;

namespace Platform.Deploy.Rendering;

/// <summary>
/// The application's objects as a kustomize base with an overlay for each environment. The base is the environment with the strictest profile;
/// an overlay holds what differs, found by comparing the objects, so that building it gives exactly the plain files of its environment.
/// </summary>
internal static class KustomizeFiles
{
    private const string BaseFolder = "kustomize/base";
    private const string ApiVersion = "kustomize.config.k8s.io/v1beta1";

    public static string Overlay(string environment) => $"kustomize/overlays/{environment}";

    public static IEnumerable<Artifact> Of(ImmutableArray<EnvironmentRendering> environments)
    {
        var strictest = environments.MaxBy(environment => environment.Model.Settings.Profile) ?? environments[0];
        return Base(strictest).Concat(environments.SelectMany(environment => new KustomizeOverlay(strictest, environment).Files()));
    }

    /// <summary>YAML of objects in the form of a base.</summary>
    public static ReadOnlyMemory<byte> Yaml(BaseObject form, IEnumerable<KubernetesObject> objects) => KubernetesYaml.Documents(objects.Select(form.Json));

    /// <summary>What every <c>kustomization.yaml</c> begins with.</summary>
    public static void WriteHead(Utf8JsonWriter json)
    {
        json.WriteString("apiVersion", ApiVersion);
        json.WriteString("kind", "Kustomization");
    }

    private static IEnumerable<Artifact> Base(EnvironmentRendering environment)
    {
        var form = new BaseObject(environment.Model);
        var files = environment.Objects.Objects.Where(form.Takes).GroupBy(item => item.File).ToList();
        yield return new Artifact($"{BaseFolder}/kustomization.yaml", () => JsonText.Yaml(json =>
        {
            json.WriteStartObject();
            WriteHead(json);
            json.WriteTexts("resources", files.Select(file => file.Key).Order(StringComparer.Ordinal));
            json.WriteEndObject();
        }));
        foreach (var file in files)
        {
            var objects = file.ToArray();
            yield return new Artifact($"{BaseFolder}/{file.Key}", () => Yaml(form, objects)) { Resource = ObjectFiles.ResourceOf(environment, objects[0]) };
        }
    }
}
