using System.Collections.Immutable;
using System.Globalization;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The pod of a workload, as Pod Security <c>restricted</c> wants it and with nothing that it does not need.</summary>
internal static class PodTemplates
{
    private const string HostnameKey = "kubernetes.io/hostname";

    // Below it only root may listen, unless the pod's own network says otherwise: one of the settings that "restricted" allows.
    private const int FirstUnprivilegedPort = 1024;

    private const string ZoneKey = "topology.kubernetes.io/zone";

    public static V1PodTemplateSpec Of(ObjectContext context, Workload workload, PodEnvironment environment, PodVolumes volumes) => new()
    {
        Metadata = new V1ObjectMeta { Labels = Labels.Of(context, workload), Annotations = Annotations(context, workload, environment) },
        Spec = new V1PodSpec
        {
            ServiceAccountName = workload.Name,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = SecurityContext(workload),
            InitContainers = workload.Gates.IsEmpty ? null : [.. workload.Gates.Select(gate => PodContainers.Gate(context, gate))],
            Containers = [PodContainers.OfWorkload(context, workload, environment, volumes)],
            Volumes = volumes.Volumes,
            RestartPolicy = workload.Kind == WorkloadKind.Job ? "Never" : null,
            TerminationGracePeriodSeconds = context.Values.GraceSeconds,
            PriorityClassName = context.Values.Hardened ? context.ClusterWide(ClusterObjects.WorkloadPriority) : null,
            TopologySpreadConstraints = TopologySpread(context, workload),
            Affinity = Affinity(context, workload),
            DnsConfig = context.Values.Hardened ? new V1PodDNSConfig { Options = [new V1PodDNSConfigOption { Name = "ndots", Value = "2" }] } : null,
        },
    };

    private static ImmutableSortedDictionary<string, string>? Annotations(ObjectContext context, Workload workload, PodEnvironment environment)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (ConfigurationObjects.Checksum(context, workload, environment) is { } checksum)
        {
            annotations.Add(ConfigurationObjects.ChecksumAnnotation, checksum);
        }

        if (workload.Metrics is { } metrics && context.Settings.Operations.Observability)
        {
            annotations.Add("prometheus.io/path", metrics.Path);
            annotations.Add("prometheus.io/port", metrics.Port.ToString(CultureInfo.InvariantCulture));
            annotations.Add("prometheus.io/scrape", "true");
        }

        if (workload.Kind == WorkloadKind.Job && context.AutoMode)
        {
            // A node is not given back while a job runs on it: a migration should not be cut off to save money.
            annotations.Add("karpenter.sh/do-not-disrupt", "true");
        }

        return annotations.Count == 0 ? null : annotations.ToImmutable();
    }

    private static V1PodSecurityContext SecurityContext(Workload workload) => new()
    {
        RunAsNonRoot = true,
        RunAsUser = workload.UserId,
        RunAsGroup = workload.UserId,
        FsGroup = workload.UserId,
        FsGroupChangePolicy = workload.Volumes.IsEmpty ? null : "OnRootMismatch",
        SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        Sysctls = workload.Ports.Any(port => port.ContainerPort < FirstUnprivilegedPort) ? [new V1Sysctl { Name = "net.ipv4.ip_unprivileged_port_start", Value = "0" }] : null,
    };

    private static ImmutableArray<V1TopologySpreadConstraint>? TopologySpread(ObjectContext context, Workload workload)
    {
        if (context.Values.Spread == Spread.None || workload.Kind == WorkloadKind.Job || workload.Scaling.Max == 1)
        {
            return null;
        }

        // A volume stays in its zone, so a pod that has one cannot be made to move for balance.
        var isRequired = context.Values.Spread == Spread.Required && workload.Kind == WorkloadKind.Stateless;
        var selector = new V1LabelSelector { MatchLabels = Labels.Selector(workload.Name) };
        string[]? rollout = workload.Kind == WorkloadKind.Stateless ? ["pod-template-hash"] : null;
        var zones = new V1TopologySpreadConstraint
        {
            MaxSkew = 1,
            MinDomains = isRequired ? 2 : null,
            TopologyKey = ZoneKey,
            WhenUnsatisfiable = isRequired ? "DoNotSchedule" : "ScheduleAnyway",
            LabelSelector = selector,
            MatchLabelKeys = rollout,
        };
        return context.Values.Spread == Spread.Required
            ? [zones, new V1TopologySpreadConstraint { MaxSkew = 1, TopologyKey = HostnameKey, WhenUnsatisfiable = "ScheduleAnyway", LabelSelector = selector, MatchLabelKeys = rollout }]
            : [zones];
    }

    private static V1Affinity Affinity(ObjectContext context, Workload workload) => new()
    {
        NodeAffinity = new V1NodeAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new V1NodeSelector
            {
                NodeSelectorTerms = [new V1NodeSelectorTerm { MatchExpressions = [NodeObjects.ArchitectureIn(context.Settings.Cluster.Architectures)] }],
            },
        },
        PodAntiAffinity = context.Values.Spread == Spread.None || workload.Kind == WorkloadKind.Job
            ? null
            : new V1PodAntiAffinity
            {
                PreferredDuringSchedulingIgnoredDuringExecution =
                [
                    new V1WeightedPodAffinityTerm
                    {
                        Weight = 100,
                        PodAffinityTerm = new V1PodAffinityTerm { TopologyKey = HostnameKey, LabelSelector = new V1LabelSelector { MatchLabels = Labels.Selector(workload.Name) } },
                    },
                ],
            },
    };
}
