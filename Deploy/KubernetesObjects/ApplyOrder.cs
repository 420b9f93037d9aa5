using System.Collections.Frozen;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// What has to be there first. The Ingress and the Services come before the pods, as the load balancer's readiness gate is given only to pods that
/// are made after them.
/// </summary>
internal static class ApplyOrder
{
    private static readonly FrozenDictionary<string, int> Order = new[]
    {
        "Namespace", "ResourceQuota", "LimitRange", "ServiceAccount", "ConfigMap", "NodeClass", "NodePool", "StorageClass", "PriorityClass",
        "IngressClassParams", "IngressClass", "SecretProviderClass", "Service", "Ingress", "NetworkPolicy", "PodDisruptionBudget",
        "Job", "StatefulSet", "Deployment", "HorizontalPodAutoscaler",
    }.Select((kind, index) => (kind, index)).ToFrozenDictionary(pair => pair.kind, pair => pair.index);

    public static int Of(string kind) => Order[kind];
}
