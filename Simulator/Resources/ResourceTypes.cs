using System.Collections.Frozen;

namespace Platform.Simulator.Resources;

/// <summary>All types that the simulated CloudFormation knows.</summary>
internal static class ResourceTypes
{
    private static readonly FrozenDictionary<string, ResourceType> All =
        ((IEnumerable<ResourceType>)[
            .. VpcTypes.All, .. RoutingTypes.All, .. EndpointTypes.All, .. AccessTypes.All, .. KeyTypes.All, .. StorageTypes.All, .. ClusterTypes.All, .. ClusterPartTypes.All,
            .. ComputeTypes.All, .. AlarmTypes.All, .. EdgeTypes.All])
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <returns>Null where there is none of that name.</returns>
    public static ResourceType? Find(string name) => All.GetValueOrDefault(name);

    public static ResourceType Get(string name) => Find(name) ?? throw new InvalidOperationException($"{name} is no type of a resource.");
}
