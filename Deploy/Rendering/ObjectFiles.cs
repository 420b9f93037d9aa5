using Platform.Deploy.KubernetesObjects;

namespace Platform.Deploy.Rendering;

/// <summary>The Kubernetes objects of an environment as plain files, and where the values stand that only a deployed stack knows.</summary>
internal static class ObjectFiles
{
    public static IEnumerable<Artifact> Of(EnvironmentRendering environment) =>
        from item in environment.Objects.Objects
        group item by FileOf(environment.Name, item) into file
        let objects = file.ToArray()
        select new Artifact(file.Key, () => KubernetesYaml.Write(objects)) { Resource = ResourceOf(environment, objects[0]) };

    /// <summary>The manifest's resource that an object belongs to; null where it belongs to all.</summary>
    public static string? ResourceOf(EnvironmentRendering environment, KubernetesObject item) =>
        item.Workload is { } workload ? environment.Resources.GetValueOrDefault(workload) : null;

    /// <summary><c>late-values.json</c>: by environment and placeholder, the objects that hold it.</summary>
    public static Artifact LateValues(IReadOnlyCollection<EnvironmentRendering> environments) => new("late-values.json", () => JsonText.Json(json =>
    {
        json.WriteStartObject();
        foreach (var environment in environments)
        {
            json.WriteStartObject(environment.Name);
            var uses = from item in environment.Objects.Objects
                       from value in item.LateValues
                       group $"{FileOf(environment.Name, item)}: {item.Kind} {item.Name}" by value.ToString() into use
                       orderby use.Key
                       select use;
            foreach (var use in uses.OrderBy(use => use.Key, StringComparer.Ordinal))
            {
                json.WriteTexts(use.Key, use);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }));

    private static string FileOf(string environment, KubernetesObject item) =>
        item.Phase == ObjectPhase.Cluster ? $"kubernetes/{environment}/cluster/{item.File}" : $"kubernetes/{environment}/{item.File}";
}
