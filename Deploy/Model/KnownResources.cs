using System.Collections.Immutable;
using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>Whether a resource is deployed, and why not.</summary>
internal abstract record Standing
{
    private Standing()
    {
    }

    public sealed record Deployed : Standing;

    /// <summary>A setting stands in for it.</summary>
    public sealed record Substituted(Substitute By) : Standing;

    /// <param name="Reason">The end of a sentence that begins with its name.</param>
    /// <param name="Cure">What to do beside substituting it or leaving it out; null: nothing else.</param>
    public sealed record Refused(string Reason, string? Cure) : Standing;

    /// <summary>It would be refused, and is allowed to be missing.</summary>
    public sealed record Missing(string Reason) : Standing;
}

/// <summary>A resource of the manifest with all that was said about it.</summary>
/// <param name="MayBeMissing">Named by <c>--allow-missing</c>.</param>
internal sealed record KnownResource(ManifestResource Resource, Standing Standing, ResourceSettings Settings, ResourceHints Hints, bool MayBeMissing)
{
    public string Name => Resource.Name;

    /// <summary>Place of the resource in messages.</summary>
    public string Place => $"resources.{Name}";

    /// <summary>What runs in the cluster; null for all else.</summary>
    public ManifestResource.Workload? Running =>
        Standing is Standing.Deployed && Resource is ManifestResource.Workload { Source: not WorkloadSource.Build { BuildOnly: true } } workload ? workload : null;

    public bool IsProject => Resource is ManifestResource.Workload { Source: WorkloadSource.Project };
}

/// <summary>All resources of a manifest, found by name.</summary>
internal sealed class KnownResources
{
    private static readonly ResourceSettings NoSettings = new();
    private static readonly ResourceHints NoHints = new();

    private readonly Dictionary<string, KnownResource> _byName;
    private readonly Dictionary<string, string> _parameters;

    public KnownResources(Manifest manifest, EnvironmentSettings settings, MountedFiles files)
    {
        // Variables of the environment have no case to rely on, and names of resources differ in more than case.
        var said = WithoutCase(settings.Resources);
        _parameters = WithoutCase(settings.Parameters);
        var missing = settings.AllowMissing.ToHashSet(StringComparer.OrdinalIgnoreCase);
        All =
        [
            .. manifest.Resources.Select(resource => Known(
                resource,
                said.GetValueOrDefault(resource.Name, NoSettings),
                manifest.Hints.GetValueOrDefault(resource.Name, NoHints),
                missing.Contains(resource.Name),
                files)),
        ];
        Folder = manifest.Folder;
        _byName = All.ToDictionary(known => known.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order of the manifest.</summary>
    public ImmutableArray<KnownResource> All { get; }

    /// <summary><see cref="Manifest.Folder"/>.</summary>
    public string Folder { get; }

    public KnownResource? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What a settings file or a flag gives a parameter; null: nothing.</summary>
    public string? ValueOf(string parameter) => _parameters.GetValueOrDefault(parameter);

    public string? Closest(string name) => ClosestName.Among(All.Select(known => known.Name), name);

    private static KnownResource Known(ManifestResource resource, ResourceSettings settings, ResourceHints hints, bool mayBeMissing, MountedFiles files)
    {
        Standing standing = settings.Substitute is { } substitute ? new Standing.Substituted(substitute)
            : Refusal.Of(resource, files) is not { } refusal ? new Standing.Deployed()
            : mayBeMissing ? new Standing.Missing(refusal.Reason)
            : refusal;
        return new KnownResource(resource, standing, settings, hints, mayBeMissing);
    }

    // Of keys that differ in case alone the first counts.
    private static Dictionary<string, T> WithoutCase<T>(ImmutableSortedDictionary<string, T> said) =>
        said.DistinctBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
}
