using k8s;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Pods that do nothing but hold a place on a node in each zone. Pods of the application push them out and start at once; a new node boots meanwhile.</summary>
internal static class Overprovisioning
{
    public const string Cpu = "1500m";
    public const string Memory = "3Gi";

    private const int Nobody = 65534;

    // As no resource can be called.
    private static readonly string Name = Names.Part("node", "headroom");

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context)
    {
        if (!context.Settings.Cluster.Overprovision)
        {
            yield break;
        }

        var labels = Labels.Shared(context).Add(Labels.Name, Name).Add("app.kubernetes.io/instance", Name);
        yield return new V1ServiceAccount { ApiVersion = "v1", Kind = "ServiceAccount", Metadata = context.Metadata(Name, labels), AutomountServiceAccountToken = false };
        yield return new V1PodDisruptionBudget
        {
            ApiVersion = "policy/v1",
            Kind = "PodDisruptionBudget",
            Metadata = context.Metadata(Name, labels),
            Spec = new V1PodDisruptionBudgetSpec
            {
                MaxUnavailable = "100%",
                Selector = new V1LabelSelector { MatchLabels = Labels.Selector(Name) },
                UnhealthyPodEvictionPolicy = "AlwaysAllow",
            },
        };
        yield return new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = context.Metadata(Name, labels),
            Spec = new V1DeploymentSpec
            {
                Replicas = context.Settings.AvailabilityZones.Length,
                RevisionHistoryLimit = 1,
                Selector = new V1LabelSelector { MatchLabels = Labels.Selector(Name) },
                Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = labels }, Spec = Pod(context) },
            },
        };
    }

    private static V1PodSpec Pod(ObjectContext context) => new()
    {
        ServiceAccountName = Name,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        PriorityClassName = context.ClusterWide(ClusterObjects.OverprovisionPriority),
        TerminationGracePeriodSeconds = 0,
        SecurityContext = new V1PodSecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = Nobody,
            RunAsGroup = Nobody,
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        },
        Containers =
        [
            new V1Container
            {
                Name = "pause",
                Image = context.ThirdPartyImage(context.Settings.Images.GateImage),
                ImagePullPolicy = "Always",
                Command = ["sleep", "infinity"],
                Resources = new V1ResourceRequirements { Requests = Quantities.Of(Cpu, Memory, "16Mi"), Limits = Quantities.Of(Cpu, Memory, "16Mi") },
                SecurityContext = PodContainers.Restricted(readOnlyRoot: true, netBindService: false),
            },
        ],
        TopologySpreadConstraints =
        [
            new V1TopologySpreadConstraint
            {
                MaxSkew = 1,
                TopologyKey = "topology.kubernetes.io/zone",
                WhenUnsatisfiable = "DoNotSchedule",
                LabelSelector = new V1LabelSelector { MatchLabels = Labels.Selector(Name) },
            },
        ],
        Affinity = new V1Affinity
        {
            NodeAffinity = new V1NodeAffinity
            {
                RequiredDuringSchedulingIgnoredDuringExecution = new V1NodeSelector
                {
                    NodeSelectorTerms = [new V1NodeSelectorTerm { MatchExpressions = [NodeObjects.ArchitectureIn(context.Settings.Cluster.Architectures)] }],
                },
            },
        },
    };
}
