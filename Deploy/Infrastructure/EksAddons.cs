using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>An add-on that EKS installs and keeps.</summary>
/// <param name="LogicalId">Also the beginning of its parameter.</param>
/// <param name="Name">EKS's.</param>
internal sealed record EksAddon(string LogicalId, string Name)
{
    public string? ConfigurationValues { get; init; }

    public ImmutableArray<AddonPodIdentity> PodIdentities { get; init; } = [];

    public ImmutableArray<string> DependsOn { get; init; } = [];

    public TemplateParameter Parameter => new(LogicalId + "Version", "String", $"Version of {Name}", Default: null);

    public StackParameter Passed => new(Parameter.Name, new ParameterValue.AddonVersion(Name));

    public Resource Resource(CfnValue clusterName) => new(LogicalId, new Addon
    {
        ClusterName = clusterName,
        AddonName = Name,
        AddonVersion = new CfnValue.Ref(Parameter.Name),
        ResolveConflicts = "OVERWRITE",
        PreserveOnDelete = false,
        ConfigurationValues = ConfigurationValues,
        PodIdentityAssociations = PodIdentities,
    })
    { DependsOn = DependsOn };
}

/// <summary>Which add-ons there are, and when: one that needs nodes and finds none is DEGRADED until the stack fails.</summary>
internal static class EksAddons
{
    /// <summary>In the cluster stack, before node groups: nodes are not ready without them. Auto Mode has their like built in.</summary>
    public static ImmutableArray<EksAddon> BeforeNodes(DeploymentModel model) =>
    [
        new EksAddon("VpcCni", "vpc-cni")
        {
            ConfigurationValues = TemplateJson.Compact(CfnValue.Map.Of(
                ("enableNetworkPolicy", "true"),
                ("env", CfnValue.Map.Of(("ENABLE_PREFIX_DELEGATION", "true"))))),
            PodIdentities = [new AddonPodIdentity("aws-node", new CfnValue.ImportValue(model.Names.Export("CniRoleArn")))],
        },
        new EksAddon("KubeProxy", "kube-proxy"),
        new EksAddon("PodIdentityAgent", "eks-pod-identity-agent"),
    ];

    /// <summary>In the cluster stack, after node groups.</summary>
    public static ImmutableArray<EksAddon> OnNodes(DeploymentModel model, ImmutableArray<string> nodeGroups) =>
    [
        new EksAddon("CoreDns", "coredns") { DependsOn = nodeGroups },
        new EksAddon("EbsCsi", "aws-ebs-csi-driver")
        {
            PodIdentities = [new AddonPodIdentity("ebs-csi-controller-sa", new CfnValue.ImportValue(model.Names.Export("EbsCsiRoleArn")))],
            DependsOn = nodeGroups,
        },
    ];

    /// <summary>In the addons stack, whatever the nodes are.</summary>
    public static ImmutableArray<EksAddon> AfterNodes(DeploymentModel model) =>
    [
        new EksAddon("MetricsServer", "metrics-server"),
        .. model.Workloads.Any(workload => !workload.Volumes.IsEmpty) ? [new EksAddon("SnapshotController", "snapshot-controller")] : ImmutableArray<EksAddon>.Empty,
        .. model.Secrets.IsEmpty ? ImmutableArray<EksAddon>.Empty :
        [
            new EksAddon("CsiProvider", "aws-secrets-store-csi-driver-provider")
            {
                // It brings the driver along; the pods' environment comes from Kubernetes Secrets that the driver writes.
                ConfigurationValues = TemplateJson.Compact(CfnValue.Map.Of(("secrets-store-csi-driver", CfnValue.Map.Of(
                    ("syncSecret", CfnValue.Map.Of(("enabled", true))),
                    ("enableSecretRotation", true),
                    ("rotationPollInterval", "1h"))))),
            },
        ],
    ];
}
