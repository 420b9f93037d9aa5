using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What load balancers ask to know which pods take requests.</summary>
internal static class HealthChecks
{
    /// <summary>A target group of gRPC is asked by gRPC, at its own port.</summary>
    public static int PortOf(IngressRule rule) => rule.Port.Application == PortApplication.Http2 ? rule.Port.ContainerPort : rule.HealthCheckPort;

    /// <summary>The port that a network load balancer asks for one of its own; null where there is none to ask.</summary>
    public static int? PortOf(Workload workload, PortModel port) => workload.Readiness?.Action switch
    {
        ProbeAction.Http http => http.Port,
        ProbeAction.Tcp tcp => tcp.Port,
        _ => port.Udp ? OfTcp(workload) : port.ContainerPort,
    };

    // UDP gives no answer that tells whether anybody is there.
    private static int? OfTcp(Workload workload) => workload.Ports.FirstOrDefault(port => !port.Udp)?.ContainerPort;
}
