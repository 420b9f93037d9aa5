using System.Globalization;
using k8s;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The application's namespace and what holds for all in it: Pod Security, a quota, defaults, no token, no connection that is not allowed by name.</summary>
internal static class NamespaceObjects
{
    private static readonly string[] Modes = ["audit", "enforce", "warn"];

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context)
    {
        yield return Namespace(context);
        yield return ResourceQuota(context);
        yield return LimitRange(context);
        if (!context.Workloads.ContainsKey("default"))
        {
            yield return DefaultServiceAccount(context);
        }

        yield return DenyAll(context);
    }

    private static V1Namespace Namespace(ObjectContext context)
    {
        // A policy that changed with a new version of Kubernetes would refuse pods that run today: the version is raised with the cluster's.
        var version = "v" + context.Settings.Cluster.Version;
        var labels = Labels.Shared(context)
            .Add("env", context.Names.Environment)
            // The load balancer says of each pod whether it sends there; only then is the pod ready and the next one replaced.
            .Add(context.AutoMode ? "eks.amazonaws.com/pod-readiness-gate-inject" : "elbv2.k8s.aws/pod-readiness-gate-inject", "enabled");
        foreach (var mode in Modes)
        {
            labels = labels.Add($"pod-security.kubernetes.io/{mode}", "restricted").Add($"pod-security.kubernetes.io/{mode}-version", version);
        }

        return new V1Namespace { ApiVersion = "v1", Kind = "Namespace", Metadata = new V1ObjectMeta { Name = context.Namespace, Labels = labels } };
    }

    private static V1ResourceQuota ResourceQuota(ObjectContext context)
    {
        var quota = Capacity.Quota(context);
        var loadBalancers = context.Model.Workloads.Count(workload => !workload.ExternalPorts.IsEmpty);
        return new V1ResourceQuota
        {
            ApiVersion = "v1",
            Kind = "ResourceQuota",
            Metadata = context.Metadata("quota", Labels.Shared(context)),
            Spec = new V1ResourceQuotaSpec
            {
                Hard = Quantities.One("pods", quota.Pods.ToString(CultureInfo.InvariantCulture))
                    .Add("requests.cpu", new Amount(quota.Cpu.ToString(CultureInfo.InvariantCulture)))
                    .Add("requests.memory", new Amount(string.Create(CultureInfo.InvariantCulture, $"{quota.MemoryGiB}Gi")))
                    .Add("services.loadbalancers", new Amount(loadBalancers.ToString(CultureInfo.InvariantCulture)))
                    .Add("services.nodeports", new Amount("0")),
            },
        };
    }

    private static V1LimitRange LimitRange(ObjectContext context) => new()
    {
        ApiVersion = "v1",
        Kind = "LimitRange",
        Metadata = context.Metadata("limits", Labels.Shared(context)),
        Spec = new V1LimitRangeSpec
        {
            Limits =
            [
                new V1LimitRangeItem
                {
                    Type = "Container",
                    DefaultProperty = Quantities.One("ephemeral-storage", "2Gi").Add("memory", new Amount("512Mi")),
                    DefaultRequest = Quantities.Of("50m", "128Mi", "1Gi"),
                },
            ],
        },
    };

    private static V1ServiceAccount DefaultServiceAccount(ObjectContext context) =>
        new() { ApiVersion = "v1", Kind = "ServiceAccount", Metadata = context.Metadata("default", Labels.Shared(context)), AutomountServiceAccountToken = false };

    private static V1NetworkPolicy DenyAll(ObjectContext context) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = context.Metadata("default-deny", Labels.Shared(context)),
        Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector(), PolicyTypes = ["Ingress", "Egress"] },
    };
}
