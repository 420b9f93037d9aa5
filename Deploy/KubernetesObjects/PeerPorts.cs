using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>A port of a container, as a policy names it.</summary>
internal sealed record PolicyPort(int Number, bool Udp) : IComparable<PolicyPort>
{
    public int CompareTo(PolicyPort? other) => other is null ? 1 : Number != other.Number ? Number.CompareTo(other.Number) : Udp.CompareTo(other.Udp);
}

/// <summary>Ports by the workload at the other end, both sorted, each once.</summary>
internal sealed class PeerPorts() : SortedDictionary<string, SortedSet<PolicyPort>>(StringComparer.Ordinal)
{
    /// <summary>What a workload calls and waits for.</summary>
    public static PeerPorts CalledBy(Workload workload)
    {
        var called = new PeerPorts();
        foreach (var flow in workload.Calls.Concat(workload.Gates))
        {
            called.Include(flow.Target, flow);
        }

        return called;
    }

    public void Include(string peer, FlowModel flow)
    {
        if (!TryGetValue(peer, out var ports))
        {
            Add(peer, ports = []);
        }

        ports.Add(new PolicyPort(flow.ContainerPort, flow.Udp));
    }
}
