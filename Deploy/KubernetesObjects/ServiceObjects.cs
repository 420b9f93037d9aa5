using System.Collections.Immutable;
using System.Globalization;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The Services of a workload: for others in the cluster, for the names of its pods, for load balancers.</summary>
internal static class ServiceObjects
{
    private const string Alb = "alb.ingress.kubernetes.io/";
    private const string Nlb = "service.beta.kubernetes.io/aws-load-balancer-";

    private const int LongestDeregistrationSeconds = 15;

    private const int StickySeconds = 86_400;

    public static IEnumerable<V1Service> Of(ObjectContext context, Workload workload)
    {
        var ports = workload.Ports.Where(port => !port.Management).ToImmutableArray();
        var rules = RulesByPort(context, workload);
        if (!ports.IsEmpty)
        {
            yield return Internal(context, workload, workload.Name, ports, rules.Count == 0 ? null : rules[0]);
        }

        foreach (var rule in rules.Skip(1))
        {
            yield return Internal(context, workload, BackendName(context, rule), [rule.Port], rule);
        }

        if (workload.Kind == WorkloadKind.Stateful)
        {
            yield return Headless(context, workload, ports);
        }

        if (!workload.ExternalPorts.IsEmpty)
        {
            yield return External(context, workload);
        }
    }

    /// <summary>
    /// The Service that an Ingress sends to. Settings of a target group are annotations of a Service, so a workload that visitors reach at several
    /// ports has one Service for each port after the first.
    /// </summary>
    public static string BackendName(ObjectContext context, IngressRule rule)
    {
        var workload = context.Workloads[rule.Workload];
        return RulesByPort(context, workload)[0].Port.Name == rule.Port.Name ? workload.Name : Names.Part(workload.Name, rule.Port.Name);
    }

    private static List<IngressRule> RulesByPort(ObjectContext context, Workload workload) =>
        [.. context.RulesOf(workload.Name).GroupBy(rule => rule.Port.Name, StringComparer.Ordinal).OrderBy(rules => rules.Key, StringComparer.Ordinal).Select(rules => rules.First())];

    private static V1Service Internal(ObjectContext context, Workload workload, string name, ImmutableArray<PortModel> ports, IngressRule? rule)
    {
        var metadata = context.Metadata(name, Labels.Of(context, workload));
        metadata.Annotations = rule is null ? null : TargetGroup(context, workload, rule);
        return new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = metadata,
            Spec = new V1ServiceSpec
            {
                Type = "ClusterIP",
                Selector = Labels.Selector(workload.Name),
                Ports = Ports(ports),
                // Pods of one's own zone first: less delay, and no charge for traffic between zones.
                TrafficDistribution = context.Settings.Profile == Profile.Production ? "PreferClose" : null,
            },
        };
    }

    private static V1Service Headless(ObjectContext context, Workload workload, ImmutableArray<PortModel> ports) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = context.Metadata(Controllers.HeadlessName(workload), Labels.Of(context, workload)),
        Spec = new V1ServiceSpec
        {
            ClusterIP = "None",
            // Members of a cluster find each other before they are ready.
            PublishNotReadyAddresses = true,
            Selector = Labels.Selector(workload.Name),
            Ports = ports.IsEmpty ? null : Ports(ports),
        },
    };

    private static V1Service External(ObjectContext context, Workload workload)
    {
        var metadata = context.Metadata(Names.Part(workload.Name, "external"), Labels.Of(context, workload));
        metadata.Annotations = NetworkLoadBalancer(context, workload);
        return new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = metadata,
            Spec = new V1ServiceSpec
            {
                Type = "LoadBalancer",
                LoadBalancerClass = context.AutoMode ? "eks.amazonaws.com/nlb" : "service.k8s.aws/nlb",
                // Requests go to the pods themselves: a port on every node would only be one more way in.
                AllocateLoadBalancerNodePorts = false,
                LoadBalancerSourceRanges = context.Settings.Edge.InboundCidrs,
                Selector = Labels.Selector(workload.Name),
                Ports = Ports(workload.ExternalPorts),
            },
        };
    }

    private static ImmutableArray<V1ServicePort> Ports(ImmutableArray<PortModel> ports) =>
    [
        .. ports.Select(port => new V1ServicePort
        {
            Name = port.Name,
            Port = port.ServicePort,
            TargetPort = port.Name,
            Protocol = port.Udp ? "UDP" : "TCP",
            AppProtocol = port.Application switch { PortApplication.Http => "http", PortApplication.Http2 => "kubernetes.io/h2c", _ => null },
        }),
    ];

    private static ImmutableSortedDictionary<string, string> TargetGroup(ObjectContext context, Workload workload, IngressRule rule)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        annotations.Add(Alb + "healthcheck-interval-seconds", "10");
        annotations.Add(Alb + "healthcheck-timeout-seconds", "5");
        annotations.Add(Alb + "healthy-threshold-count", "2");
        annotations.Add(Alb + "unhealthy-threshold-count", "2");
        annotations.Add(Alb + "target-group-attributes", TargetGroupAttributes(context, rule));
        if (rule.Port.Application == PortApplication.Http2)
        {
            annotations.Add(Alb + "backend-protocol-version", "GRPC");
            // A server that does not know the method says 12 (unimplemented): it is there, which is all that is asked.
            annotations.Add(Alb + "healthcheck-path", "/AWS.ALB/healthcheck");
            annotations.Add(Alb + "success-codes", "0,12");
        }
        else
        {
            annotations.Add(Alb + "healthcheck-path", rule.HealthCheckPath);
            if (workload.Readiness?.Action is ProbeAction.Http { Tls: true } probe && probe.Port == rule.HealthCheckPort)
            {
                annotations.Add(Alb + "healthcheck-protocol", "HTTPS");
            }

            // What the kubelet takes for a success: else a pod could be ready and yet get no requests.
            annotations.Add(Alb + "success-codes", "200-399");
        }

        if (HealthChecks.PortOf(rule) is var port && port != rule.Port.ContainerPort)
        {
            annotations.Add(Alb + "healthcheck-port", port.ToString(CultureInfo.InvariantCulture));
        }

        return annotations.ToImmutable();
    }

    private static string TargetGroupAttributes(ObjectContext context, IngressRule rule)
    {
        var drain = Deregistration(context);
        return rule.StickySessions
            ? string.Create(CultureInfo.InvariantCulture, $"{drain},stickiness.enabled=true,stickiness.lb_cookie.duration_seconds={StickySeconds},stickiness.type=lb_cookie")
            : drain;
    }

    // At most the drain time, so that the load balancer has stopped sending when the pod stops serving.
    private static string Deregistration(ObjectContext context) => string.Create(
        CultureInfo.InvariantCulture, $"deregistration_delay.timeout_seconds={Math.Min(LongestDeregistrationSeconds, context.Values.DrainSeconds)}");

    private static ImmutableSortedDictionary<string, string> NetworkLoadBalancer(ObjectContext context, Workload workload)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        annotations.Add(Nlb + "attributes", "load_balancing.cross_zone.enabled=true" + (context.Settings.Edge.Protection ? ",deletion_protection.enabled=true" : ""));
        annotations.Add(Nlb + "nlb-target-type", "ip");
        annotations.Add(Nlb + "scheme", context.Settings.Edge.InternetFacing ? "internet-facing" : "internal");
        annotations.Add(Nlb + "subnets", string.Join(',', context.LoadBalancerSubnets.Select(PodEnvironment.Raw)));
        // Without the visitor's address a pod sees the load balancer's own, which is what its policy lets in.
        annotations.Add(
            Nlb + "target-group-attributes",
            Deregistration(context) + (workload.ExternalPorts.Any(port => port.Udp) ? "" : ",preserve_client_ip.enabled=false"));
        if (workload.Readiness?.Action is ProbeAction.Http http)
        {
            annotations.Add(Nlb + "healthcheck-path", http.Path);
            annotations.Add(Nlb + "healthcheck-protocol", http.Tls ? "HTTPS" : "HTTP");
        }

        var asked = workload.ExternalPorts.FirstOrDefault(port => port.Udp) ?? workload.ExternalPorts[0];
        if ((workload.Readiness is not null || asked.Udp) && HealthChecks.PortOf(workload, asked) is { } port)
        {
            annotations.Add(Nlb + "healthcheck-port", port.ToString(CultureInfo.InvariantCulture));
        }

        return annotations.ToImmutable();
    }
}
