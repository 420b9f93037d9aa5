using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// What all load balancers of an IngressClass have in common: <c>eks.amazonaws.com/v1</c> for EKS Auto Mode, <c>elbv2.k8s.aws/v1beta1</c> for the
/// AWS Load Balancer Controller. Only fields that both have under one name.
/// </summary>
internal sealed record IngressClassParams : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public required string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "IngressClassParams";

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public required IngressClassParamsSpec Spec { get; init; }
}

internal sealed record IngressClassParamsSpec
{
    /// <summary><c>internet-facing</c> or <c>internal</c>.</summary>
    [JsonPropertyName("scheme")]
    public required string Scheme { get; init; }

    [JsonPropertyName("ipAddressType")]
    public required string IpAddressType { get; init; }

    /// <summary>Whose Ingresses may use the class.</summary>
    [JsonPropertyName("namespaceSelector")]
    public required V1LabelSelector NamespaceSelector { get; init; }

    [JsonPropertyName("subnets")]
    public required SubnetsById Subnets { get; init; }

    [JsonPropertyName("inboundCIDRs")]
    public required IReadOnlyList<string> InboundCidrs { get; init; }

    /// <summary>Null without TLS.</summary>
    [JsonPropertyName("sslPolicy")]
    public string? SslPolicy { get; init; }

    /// <summary>Null where the controller has only one: EKS Auto Mode.</summary>
    [JsonPropertyName("targetType")]
    public string? TargetType { get; init; }

    [JsonPropertyName("loadBalancerAttributes")]
    public required IReadOnlyList<LoadBalancerAttribute> LoadBalancerAttributes { get; init; }
}

internal sealed record SubnetsById([property: JsonPropertyName("ids")] IReadOnlyList<string> Ids);

internal sealed record LoadBalancerAttribute([property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("value")] string Value);
