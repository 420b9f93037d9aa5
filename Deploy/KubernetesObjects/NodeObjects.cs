using System.Collections.Immutable;
using System.Globalization;
using k8s;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Nodes of EKS Auto Mode: one class, and a pool for each architecture, as the built-in pools know neither arm64 nor Spot.</summary>
internal static class NodeObjects
{
    // "default" is taken by EKS.
    private const string ClassName = "main";
    private const int PreferredWeight = 100;
    private const int OtherWeight = 10;

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context)
    {
        if (context is not { OwnsCluster: true, AutoMode: true })
        {
            yield break;
        }

        yield return Class(context);
        var architectures = context.Settings.Cluster.Architectures;
        for (var i = 0; i < architectures.Length; i++)
        {
            yield return Pool(context, architectures[i], i == 0 ? PreferredWeight : OtherWeight);
        }
    }

    public static IEnumerable<LateValue> LateValues(ObjectContext context) =>
        context.NodeSubnets.OfType<Value.Late>().Select(late => late.Source)
            .Append(StackOutput.ClusterSecurityGroupId)
            .Concat(ClusterObjects.HasStorageKey(context) ? [StackOutput.StorageKeyArn] : []);

    public static V1NodeSelectorRequirement ArchitectureIn(ImmutableArray<Architecture> architectures) => In("kubernetes.io/arch", [.. architectures.Select(Text).Order(StringComparer.Ordinal)]);

    private static NodeClass Class(ObjectContext context) => new()
    {
        Metadata = new V1ObjectMeta { Name = ClassName, Labels = Labels.Shared(context) },
        Spec = new NodeClassSpec
        {
            Role = context.Names.Role("node"),
            SubnetSelectorTerms = [.. context.NodeSubnets.Select(subnet => new ResourceById(PodEnvironment.Raw(subnet)))],
            SecurityGroupSelectorTerms = [new ResourceById(StackOutput.ClusterSecurityGroupId.ToString())],
            NetworkPolicy = "DefaultAllow",
            NetworkPolicyEventLogs = context.Settings.Profile == Profile.Dev ? "Disabled" : "Enabled",
            EphemeralStorage = new NodeStorage(context.Values.NodeDisk, ClusterObjects.HasStorageKey(context) ? StackOutput.StorageKeyArn.ToString() : null),
            AdvancedNetworking = new NodeNetworking(context.Settings.Network.Egress == Egress.PublicNodes),
        },
    };

    private static NodePool Pool(ObjectContext context, Architecture architecture, int weight)
    {
        var limit = Capacity.NodeLimit(context);
        return new NodePool
        {
            Metadata = new V1ObjectMeta { Name = Text(architecture), Labels = Labels.Shared(context) },
            Spec = new NodePoolSpec(
                weight,
                new NodePoolTemplate(new NodePoolTemplateSpec
                {
                    NodeClassRef = new NodeClassReference("eks.amazonaws.com", "NodeClass", ClassName),
                    Requirements = Requirements(context, architecture),
                    ExpireAfter = "336h",
                    TerminationGracePeriod = "24h",
                }),
                new NodePoolDisruption("WhenEmptyOrUnderutilized", context.Values.ConsolidateAfter, Budgets(context)),
                Labels.Pair("cpu", limit.Cpu.ToString(CultureInfo.InvariantCulture)).Add("memory", string.Create(CultureInfo.InvariantCulture, $"{limit.MemoryGiB}Gi"))),
        };
    }

    private static ImmutableArray<V1NodeSelectorRequirement> Requirements(ObjectContext context, Architecture architecture) =>
    [
        In("kubernetes.io/arch", Text(architecture)),
        // Of two that are allowed Spot is tried first.
        In("karpenter.sh/capacity-type", context.Settings.Cluster.Capacity == Settings.Capacity.Spot ? ["on-demand", "spot"] : ["on-demand"]),
        In("eks.amazonaws.com/instance-category", context.Values.NodeCategories),
        Than("eks.amazonaws.com/instance-cpu", "Lt", context.Values.NodeCpusBelow),
        Than("eks.amazonaws.com/instance-generation", "Gt", context.Values.NodeGenerationAbove),
        In("topology.kubernetes.io/zone", [.. context.Settings.AvailabilityZones]),
    ];

    // In production nodes are replaced outside of business hours (UTC), if nothing forces it.
    private static ImmutableArray<NodePoolBudget> Budgets(ObjectContext context)
    {
        var always = new NodePoolBudget(context.Values.DisruptionBudget);
        return context.Settings.Profile == Profile.Production
            ? [always, new NodePoolBudget("0") { Schedule = "0 7 * * mon-fri", Duration = "11h", Reasons = ["Drifted", "Underutilized"] }]
            : [always];
    }

    private static V1NodeSelectorRequirement In(string key, params string[] values) => new() { Key = key, OperatorProperty = "In", Values = values };

    private static V1NodeSelectorRequirement Than(string key, string comparison, int number) =>
        new() { Key = key, OperatorProperty = comparison, Values = [number.ToString(CultureInfo.InvariantCulture)] };

    private static string Text(Architecture architecture) => architecture == Architecture.Arm64 ? "arm64" : "amd64";
}
