namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// What has to be there first. The Ingress and the Services come before the pods, as the load balancer's readiness gate is given only to pods that
/// are made after them.
/// </summary>
internal static class ApplyOrder
{
    private static readonly Dictionary<string, int> Order = InOrder(
        "Namespace", "ResourceQuota", "LimitRange", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ConfigMap", "NodeClass", "NodePool", "StorageClass", "PriorityClass",
        "IngressClassParams", "IngressClass", "SecretProviderClass", "Service", "Ingress", "NetworkPolicy", "PodDisruptionBudget",
        "Job", "StatefulSet", "Deployment", "HorizontalPodAutoscaler");

    public static int Of(string kind) => Order[kind];

    public static int Compare(KubernetesObject one, KubernetesObject other)
    {
        if (one.Phase != other.Phase)
        {
            return one.Phase < other.Phase ? -1 : 1;
        }

        if (one.Wave != other.Wave)
        {
            return one.Wave < other.Wave ? -1 : 1;
        }

        return one.Rank == other.Rank ? string.CompareOrdinal(one.Name, other.Name) : one.Rank < other.Rank ? -1 : 1;
    }

    private static Dictionary<string, int> InOrder(params string[] kinds)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            order.Add(kind, order.Count);
        }

        return order;
    }
}
