using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>Types whose names templates choose, so that there can be something of that name already.</summary>
internal static class CustomNames
{
    private static readonly FrozenDictionary<string, string> Properties = new Dictionary<string, string>
    {
        [AccessTypes.Role] = "RoleName",
        [AccessTypes.Policy] = "ManagedPolicyName",
        [AccessTypes.Profile] = "InstanceProfileName",
        [AccessTypes.Provider] = "Url",
        ["AWS::KMS::Alias"] = "AliasName",
        [StorageTypes.Bucket] = "BucketName",
        [StorageTypes.Repository] = "RepositoryName",
        [StorageTypes.LogGroup] = "LogGroupName",
        [StorageTypes.Secret] = "Name",
        [ClusterTypes.Cluster] = "Name",
        ["AWS::AutoScaling::AutoScalingGroup"] = "AutoScalingGroupName",
        ["AWS::SNS::Topic"] = "TopicName",
        ["AWS::WAFv2::WebACL"] = "Name",
    }.ToFrozenDictionary();

    /// <summary>The property that holds the name; null where things of this type have none.</summary>
    public static string? PropertyOf(string type) => Properties.GetValueOrDefault(type);

    /// <summary>What has the name that these properties give.</summary>
    public static CloudResource? Existing(ResourceStore store, string type, JsonObject properties) =>
        PropertyOf(type) is { } property && properties[property].AsScalar() is { } name
            ? store.All(type).FirstOrDefault(resource => resource.State != "PendingDeletion" && resource.Text(property) == name)
            : null;
}
