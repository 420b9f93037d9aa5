using k8s;
using k8s.Models;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What holds for the whole cluster: storage, priorities, and the switch that makes network policies count.</summary>
internal static class ClusterObjects
{
    public const string StorageClassName = "gp3";
    public const string WorkloadPriority = "web-critical";
    public const string OverprovisionPriority = "overprovision";

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context)
    {
        if (context is { OwnsCluster: true, AutoMode: true })
        {
            yield return NetworkPolicySwitch(context);
        }

        if (context.OwnsCluster || context.Model.Workloads.Any(workload => !workload.Volumes.IsEmpty))
        {
            yield return StorageClass(context);
        }

        if (context.Values.Hardened)
        {
            yield return Priority(context, WorkloadPriority, 100_000, "The application's own pods.");
        }

        if (context.Settings.Cluster.Overprovision)
        {
            yield return Priority(context, OverprovisionPriority, -10, "Room for a sudden load: gives way to every other pod.");
        }
    }

    /// <summary>Whether the StorageClass names a key of ours.</summary>
    public static bool HasStorageKey(ObjectContext context) => context.OwnsCluster && context.Settings.Profile == Profile.Production;

    // Without it Auto Mode takes NetworkPolicies and enforces none. With managed node groups the vpc-cni addon is configured instead.
    private static V1ConfigMap NetworkPolicySwitch(ObjectContext context) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new V1ObjectMeta { Name = "amazon-vpc-cni", NamespaceProperty = "kube-system", Labels = Labels.Shared(context) },
        Data = Labels.Pair("enable-network-policy-controller", "true"),
    };

    private static V1StorageClass StorageClass(ObjectContext context)
    {
        var parameters = Labels.Pair("encrypted", "true").Add("type", "gp3");
        return new V1StorageClass
        {
            ApiVersion = "storage.k8s.io/v1",
            Kind = "StorageClass",
            Metadata = new V1ObjectMeta
            {
                Name = context.ClusterWide(StorageClassName),
                Labels = Labels.Shared(context),
                Annotations = context.OwnsCluster ? Labels.Pair("storageclass.kubernetes.io/is-default-class", "true") : null,
            },
            Provisioner = context.AutoMode ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
            VolumeBindingMode = "WaitForFirstConsumer",
            AllowVolumeExpansion = true,
            ReclaimPolicy = context.Settings.Profile == Profile.Production ? "Retain" : "Delete",
            Parameters = HasStorageKey(context) ? parameters.Add("kmsKeyId", Model.StackOutput.StorageKeyArn.ToString()) : parameters,
        };
    }

    private static V1PriorityClass Priority(ObjectContext context, string name, int value, string description) => new()
    {
        ApiVersion = "scheduling.k8s.io/v1",
        Kind = "PriorityClass",
        Metadata = new V1ObjectMeta { Name = context.ClusterWide(name), Labels = Labels.Shared(context) },
        Value = value,
        GlobalDefault = false,
        PreemptionPolicy = value < 0 ? "Never" : null,
        Description = description,
    };
}
