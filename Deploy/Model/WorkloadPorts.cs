using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>Where a workload listens, and what its bindings stand for.</summary>
/// <param name="Host">Name by which others in the cluster reach it.</param>
/// <param name="Ports">In the order of the bindings, the management port last.</param>
/// <param name="Bindings">By name of the manifest's binding.</param>
internal sealed record WorkloadPorts(string Host, ImmutableArray<PortModel> Ports, ImmutableDictionary<string, BoundBinding> Bindings)
{
    /// <summary>What a connection of others goes to first; null where there is none to open.</summary>
    public PortModel? FirstTcp => Ports.FirstOrDefault(port => !port.Udp && !port.Management);

    public PortModel? FirstHttp => Ports.FirstOrDefault(port => !port.Management && port.Application is PortApplication.Http or PortApplication.Http2);

    public PortModel? Management => Ports.FirstOrDefault(port => port.Management);

    /// <summary>A flow from another workload.</summary>
    public FlowModel FlowTo(PortModel port) => new(Host, port.ContainerPort, port.ServicePort, port.Udp);
}

/// <summary>A binding of the manifest.</summary>
/// <param name="Scheme">What the process speaks there: a project's <c>https</c> is <c>http</c>, because TLS ends in front of it.</param>
/// <param name="Port">That it stands for.</param>
/// <param name="External">Reachable from outside.</param>
internal sealed record BoundBinding(string Scheme, PortModel Port, bool External)
{
    public bool Tls => Scheme is "https" or "rediss";
}
