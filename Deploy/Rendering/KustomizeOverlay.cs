using System.Text.Json;
using Platform.Deploy.KubernetesObjects;

namespace Platform.Deploy.Rendering;

/// <summary>What makes the objects of one environment of the base: namespace, images, patches, objects that only one of the two has.</summary>
/// <param name="strictest">The environment that the base shows.</param>
/// <param name="environment">The overlay's.</param>
internal sealed class KustomizeOverlay(EnvironmentRendering strictest, EnvironmentRendering environment)
{
    private const string PathToBase = "../../base";
    private const string AddedFile = "added.yaml";

    private readonly string _folder = KustomizeFiles.Overlay(environment.Name);
    private readonly BaseObject _form = new(environment.Model);
    private readonly BaseObject _baseForm = new(strictest.Model);

    public IEnumerable<Artifact> Files()
    {
        // The base shows this very environment: nothing differs.
        var same = ReferenceEquals(strictest, environment);
        var before = same ? [] : strictest.Objects.Objects.Where(_baseForm.Takes).ToDictionary(Id);
        var after = same ? [] : environment.Objects.Objects.Where(_form.Takes).ToDictionary(Id);
        var added = after.Where(item => !before.ContainsKey(item.Key)).Select(item => item.Value).ToList();
        var deleted = before.Where(item => !after.ContainsKey(item.Key)).Select(item => item.Value).OrderBy(PatchFile, StringComparer.Ordinal).ToList();
        var changed = after.Where(item => before.ContainsKey(item.Key)).Select(item => new Change(item.Value, Operations(before[item.Key], item.Value)))
            .Where(change => change.Operations.Count > 0).OrderBy(change => PatchFile(change.Object), StringComparer.Ordinal).ToList();

        yield return new Artifact($"{_folder}/kustomization.yaml", () => JsonText.Yaml(json => Write(json, added, changed, deleted)));
        if (added.Count > 0)
        {
            yield return new Artifact($"{_folder}/{AddedFile}", () => KustomizeFiles.Yaml(_form, added));
        }

        foreach (var (item, operations) in changed)
        {
            yield return new Artifact($"{_folder}/{PatchFile(item)}", () => JsonText.Yaml(json => ObjectDifference.Write(json, operations)))
            {
                Resource = ObjectFiles.ResourceOf(environment, item),
            };
        }

        foreach (var item in deleted)
        {
            yield return new Artifact($"{_folder}/{PatchFile(item)}", () => JsonText.Yaml(json => WriteDeletion(json, item)))
            {
                Resource = ObjectFiles.ResourceOf(strictest, item),
            };
        }
    }

    private static (string ApiVersion, string Kind, string Name) Id(KubernetesObject item) => (item.ApiVersion, item.Kind, item.Name);

    private static string PatchFile(KubernetesObject item) => $"patches/{item.Kind.ToLowerInvariant()}.{item.Name}.yaml";

    private List<PatchOperation> Operations(KubernetesObject before, KubernetesObject after)
    {
        var (left, right) = (_baseForm.Json(before), _form.Json(after));
        return left.Span.SequenceEqual(right.Span) ? [] : ObjectDifference.Between(JsonElement.Parse(left.Span), JsonElement.Parse(right.Span));
    }

    private void Write(Utf8JsonWriter json, List<KubernetesObject> added, List<Change> changed, List<KubernetesObject> deleted)
    {
        json.WriteStartObject();
        KustomizeFiles.WriteHead(json);
        json.WriteString("namespace", environment.Model.Settings.Namespace);
        json.WriteTexts("resources", added.Count > 0 ? [PathToBase, AddedFile] : [PathToBase]);
        WriteImages(json);
        if (changed.Count + deleted.Count > 0)
        {
            json.WriteStartArray("patches");
            foreach (var change in changed)
            {
                WritePatch(json, change.Object);
            }

            foreach (var item in deleted)
            {
                json.WriteStartObject();
                json.WriteString("path", PatchFile(item));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteImages(Utf8JsonWriter json)
    {
        var images = BaseObject.Images(environment.Model).ToList();
        if (images.Count == 0)
        {
            return;
        }

        json.WriteStartArray("images");
        foreach (var image in images)
        {
            json.WriteStartObject();
            json.WriteString("name", image.ShortName);
            json.WriteString("newName", image.Repository);
            json.WriteString("digest", ImageDigest.Of(image));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePatch(Utf8JsonWriter json, KubernetesObject item)
    {
        var (group, version) = item.ApiVersion.Split('/') is [var first, var second] ? (first, second) : ("", item.ApiVersion);
        json.WriteStartObject();
        json.WriteString("path", PatchFile(item));
        json.WriteStartObject("target");
        if (group.Length > 0)
        {
            json.WriteString("group", group);
        }

        json.WriteString("version", version);
        json.WriteString("kind", item.Kind);
        json.WriteString("name", item.Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDeletion(Utf8JsonWriter json, KubernetesObject item)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", item.ApiVersion);
        json.WriteString("kind", item.Kind);
        json.WriteStartObject("metadata");
        json.WriteString("name", item.Name);
        json.WriteEndObject();
        json.WriteString("$patch", "delete");
        json.WriteEndObject();
    }

    private sealed record Change(KubernetesObject Object, List<PatchOperation> Operations);
}
