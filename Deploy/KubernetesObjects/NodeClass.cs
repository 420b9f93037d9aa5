using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What nodes of EKS Auto Mode are made of: <c>eks.amazonaws.com/v1</c>.</summary>
internal sealed record NodeClass : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "eks.amazonaws.com/v1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "NodeClass";

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public required NodeClassSpec Spec { get; init; }
}

internal sealed record NodeClassSpec
{
    /// <summary>Name of the IAM role, not its ARN.</summary>
    [JsonPropertyName("role")]
    public required string Role { get; init; }

    [JsonPropertyName("subnetSelectorTerms")]
    public required IReadOnlyList<ResourceById> SubnetSelectorTerms { get; init; }

    [JsonPropertyName("securityGroupSelectorTerms")]
    public required IReadOnlyList<ResourceById> SecurityGroupSelectorTerms { get; init; }

    /// <summary><c>DefaultAllow</c> or <c>DefaultDeny</c>; the latter denies in kube-system too.</summary>
    [JsonPropertyName("networkPolicy")]
    public required string NetworkPolicy { get; init; }

    /// <summary><c>Enabled</c> or <c>Disabled</c>.</summary>
    [JsonPropertyName("networkPolicyEventLogs")]
    public required string NetworkPolicyEventLogs { get; init; }

    [JsonPropertyName("ephemeralStorage")]
    public required NodeStorage EphemeralStorage { get; init; }

    [JsonPropertyName("advancedNetworking")]
    public required NodeNetworking AdvancedNetworking { get; init; }
}

internal sealed record ResourceById([property: JsonPropertyName("id")] string Id);

/// <param name="Size">Such as <c>80Gi</c>.</param>
/// <param name="KmsKeyId">Id or ARN; null: AWS's own key.</param>
internal sealed record NodeStorage([property: JsonPropertyName("size")] string Size, [property: JsonPropertyName("kmsKeyID")] string? KmsKeyId);

internal sealed record NodeNetworking([property: JsonPropertyName("associatePublicIPAddress")] bool AssociatePublicIpAddress);
