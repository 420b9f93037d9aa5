using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// Which connections a workload has: those that the model names, from both sides, and those without which no pod lives. All others are denied by the
/// namespace's default. The kubelet's probes always pass.
/// </summary>
internal static class FlowPolicies
{
    private const string NamespaceName = "kubernetes.io/metadata.name";

    // Where the credentials of EKS Pod Identity come from.
    private const string PodIdentityAgent = "169.254.170.23/32";

    // Where DNS answers in clusters that the tool did not make: EKS takes one of these two ranges for Services.
    private const string OtherClusterDns = "10.100.0.10";

    // No 'except' beside it: with the AWS engine an overlapping one has blocked what another rule allows, DNS among it
    // (https://github.com/aws/amazon-network-policy-controller-k8s/issues/146).
    private const string Anywhere = "0.0.0.0/0";

    public static V1NetworkPolicy Of(ObjectContext context, Workload workload) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = context.Metadata(Names.Label(workload.Name, "flows"), Labels.Of(context, workload)),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = new V1LabelSelector { MatchLabels = Labels.Selector(workload.Name) },
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = [.. Ingress(context, workload)],
            Egress = [.. Egress(context, workload)],
        },
    };

    private static IEnumerable<V1NetworkPolicyIngressRule> Ingress(ObjectContext context, Workload workload)
    {
        foreach (var (caller, called) in context.CallersOf(workload.Name))
        {
            yield return new V1NetworkPolicyIngressRule { FromProperty = [Pods(caller)], Ports = Ports(called) };
        }

        if (LoadBalancerPorts(context, workload) is { Count: > 0 } ports)
        {
            yield return new V1NetworkPolicyIngressRule { FromProperty = [.. SubnetPlan.LoadBalancers(context.Settings).Select(Addresses)], Ports = Ports(ports) };
        }

        // A network load balancer keeps the visitor's address for UDP, always.
        if (workload.ExternalPorts.Where(port => port.Udp).Select(port => Port(port.ContainerPort, udp: true)).ToList() is { Count: > 0 } datagrams)
        {
            yield return new V1NetworkPolicyIngressRule { FromProperty = [.. context.Settings.Edge.InboundCidrs.Select(Addresses)], Ports = datagrams };
        }

        if (workload.Metrics is { } metrics && context.Settings.Operations.Observability)
        {
            yield return new V1NetworkPolicyIngressRule { FromProperty = [Observability("prometheus")], Ports = [Port(metrics.Port, udp: false)] };
        }
    }

    private static IEnumerable<V1NetworkPolicyEgressRule> Egress(ObjectContext context, Workload workload)
    {
        // By address, as Auto Mode's DNS is no pod; kube-system for clusters where it is.
        yield return new V1NetworkPolicyEgressRule
        {
            To = [.. Dns(context), new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector { MatchLabels = Labels.Pair(NamespaceName, "kube-system") } }],
            Ports = [Port(53, udp: false), Port(53, udp: true)],
        };

        foreach (var (target, ports) in PeerPorts.CalledBy(workload))
        {
            yield return new V1NetworkPolicyEgressRule { To = [Pods(target)], Ports = Ports(ports) };
        }

        if (PodEnvironment.SendsTelemetry(context, workload))
        {
            yield return new V1NetworkPolicyEgressRule { To = [Observability(Names.TelemetryService)], Ports = [Port(4317, udp: false), Port(4318, udp: false)] };
        }

        if (workload.Role is not null)
        {
            yield return new V1NetworkPolicyEgressRule { To = [Addresses(PodIdentityAgent)], Ports = [Port(80, udp: false)] };
        }

        if (OutsidePorts(workload) is { Count: > 0 } outside)
        {
            yield return new V1NetworkPolicyEgressRule { To = [Addresses(Anywhere)], Ports = Ports(outside) };
        }
    }

    private static IEnumerable<V1NetworkPolicyPeer> Dns(ObjectContext context) =>
        context.OwnsCluster ? [Addresses($"{SubnetPlan.ClusterDns}/32")] : [Addresses($"{SubnetPlan.ClusterDns}/32"), Addresses($"{OtherClusterDns}/32")];

    // Visitors' ports and those of health checks.
    private static SortedSet<PolicyPort> LoadBalancerPorts(ObjectContext context, Workload workload)
    {
        var ports = new SortedSet<PolicyPort>();
        foreach (var rule in context.RulesOf(workload.Name))
        {
            ports.Add(new PolicyPort(rule.Port.ContainerPort, Udp: false));
            ports.Add(new PolicyPort(HealthChecks.PortOf(rule), Udp: false));
        }

        foreach (var port in workload.ExternalPorts)
        {
            if (!port.Udp)
            {
                ports.Add(new PolicyPort(port.ContainerPort, Udp: false));
            }

            if (HealthChecks.PortOf(workload, port) is { } health)
            {
                ports.Add(new PolicyPort(health, Udp: false));
            }
        }

        return ports;
    }

    // A role with policies is used by calling AWS, which answers at 443.
    private static SortedSet<PolicyPort> OutsidePorts(Workload workload)
    {
        var ports = new SortedSet<PolicyPort>();
        foreach (var port in workload.OutsidePorts)
        {
            ports.Add(new PolicyPort(port, Udp: false));
        }

        if (workload.InternetAccess || workload.Role is { ManagedPolicies.Length: > 0 })
        {
            ports.Add(new PolicyPort(443, Udp: false));
        }

        return ports;
    }

    private static List<V1NetworkPolicyPort> Ports(SortedSet<PolicyPort> ports) => [.. ports.Select(port => Port(port.Number, port.Udp))];

    private static V1NetworkPolicyPeer Pods(string workload) => new() { PodSelector = new V1LabelSelector { MatchLabels = Labels.Selector(workload) } };

    private static V1NetworkPolicyPeer Observability(string component) => new()
    {
        NamespaceSelector = new V1LabelSelector { MatchLabels = Labels.Pair(NamespaceName, Names.ObservabilityNamespace) },
        PodSelector = new V1LabelSelector { MatchLabels = Labels.Selector(component) },
    };

    private static V1NetworkPolicyPeer Addresses(string cidr) => new() { IpBlock = new V1IPBlock { Cidr = cidr } };

    private static V1NetworkPolicyPort Port(int port, bool udp) => new() { Port = port, Protocol = udp ? "UDP" : "TCP" };
}
