using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Which nodes may be started, and when they are replaced: <c>karpenter.sh/v1</c>, with the requirement keys of EKS Auto Mode.</summary>
internal sealed record NodePool : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "karpenter.sh/v1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "NodePool";

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public required NodePoolSpec Spec { get; init; }
}

/// <param name="Weight">Of two pools that both fit, the heavier one is taken.</param>
internal sealed record NodePoolSpec(
    [property: JsonPropertyName("weight")] int Weight,
    [property: JsonPropertyName("template")] NodePoolTemplate Template,
    [property: JsonPropertyName("disruption")] NodePoolDisruption Disruption,
    [property: JsonPropertyName("limits")] IReadOnlyDictionary<string, string> Limits);

internal sealed record NodePoolTemplate([property: JsonPropertyName("spec")] NodePoolTemplateSpec Spec);

internal sealed record NodePoolTemplateSpec
{
    [JsonPropertyName("nodeClassRef")]
    public required NodeClassReference NodeClassRef { get; init; }

    [JsonPropertyName("requirements")]
    public required IReadOnlyList<V1NodeSelectorRequirement> Requirements { get; init; }

    /// <summary>Age at which a node is replaced. With the grace period at most 21 days, after which Auto Mode ends it anyway.</summary>
    [JsonPropertyName("expireAfter")]
    public required string ExpireAfter { get; init; }

    /// <summary>How long disruption budgets are respected on a node that has to go.</summary>
    [JsonPropertyName("terminationGracePeriod")]
    public required string TerminationGracePeriod { get; init; }
}

internal sealed record NodeClassReference(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("name")] string Name);

internal sealed record NodePoolDisruption(
    [property: JsonPropertyName("consolidationPolicy")] string ConsolidationPolicy,
    [property: JsonPropertyName("consolidateAfter")] string ConsolidateAfter,
    [property: JsonPropertyName("budgets")] IReadOnlyList<NodePoolBudget> Budgets);

/// <param name="Nodes">How many at a time: a number or a percentage.</param>
internal sealed record NodePoolBudget([property: JsonPropertyName("nodes")] string Nodes)
{
    /// <summary>Cron, in UTC; null: always. With a <see cref="Duration"/>.</summary>
    [JsonPropertyName("schedule")]
    public string? Schedule { get; init; }

    [JsonPropertyName("duration")]
    public string? Duration { get; init; }

    /// <summary><c>Drifted</c>, <c>Underutilized</c>, <c>Empty</c>; null: all.</summary>
    [JsonPropertyName("reasons")]
    public IReadOnlyList<string>? Reasons { get; init; }
}
