using System.Collections.Immutable;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What every object is made from: the model and what follows from it for all objects alike.</summary>
internal sealed class ObjectContext
{
    private readonly ImmutableDictionary<string, ImmutableArray<Caller>> _callers;
    private readonly ImmutableDictionary<string, ImmutableArray<IngressRule>> _rules;

    public ObjectContext(DeploymentModel model)
    {
        Model = model;
        Values = ProfileValues.Of(model.Settings.Profile);
        Workloads = model.Workloads.ToImmutableDictionary(workload => workload.Name, StringComparer.Ordinal);
        _callers = model.Workloads
            .SelectMany(workload => workload.Calls.Concat(workload.Gates).Select(flow => (flow.Target, Caller: new Caller(workload.Name, flow.ContainerPort, flow.Udp))))
            .Distinct()
            .GroupBy(call => call.Target, StringComparer.Ordinal)
            .ToImmutableDictionary(
                calls => calls.Key,
                calls => calls.Select(call => call.Caller).OrderBy(caller => caller.Workload, StringComparer.Ordinal).ThenBy(caller => caller.Port).ToImmutableArray(),
                StringComparer.Ordinal);
        _rules = model.Ingresses.SelectMany(ingress => ingress.Rules).GroupBy(rule => rule.Workload, StringComparer.Ordinal)
            .ToImmutableDictionary(rules => rules.Key, rules => rules.ToImmutableArray(), StringComparer.Ordinal);
    }

    public DeploymentModel Model { get; }

    public ProfileValues Values { get; }

    public ImmutableDictionary<string, Workload> Workloads { get; }

    public Names Names => Model.Names;

    public EnvironmentSettings Settings => Model.Settings;

    public string Namespace => Settings.Namespace;

    /// <summary>The cluster is the tool's, so it may set what holds for the whole of it.</summary>
    public bool OwnsCluster => Settings.Cluster.Existing is null;

    /// <summary>Load balancers and volumes are made by EKS Auto Mode; otherwise by controllers that have to be in the cluster.</summary>
    public bool AutoMode => Settings.Cluster.Existing?.AutoMode ?? Settings.Cluster.Compute == Compute.Auto;

    /// <summary>Ids of the subnets of load balancers, or the outputs that will hold them.</summary>
    public ImmutableArray<Value> LoadBalancerSubnets =>
        Settings.Network.Existing is { } existing
            ? [.. (Settings.Edge.InternetFacing ? existing.PublicSubnetIds : existing.NodeSubnetIds).Select(Value.Of)]
            : [.. Zones.Select(zone => new Value.Late(Settings.Edge.InternetFacing ? StackOutput.PublicSubnetId(zone) : StackOutput.NodeSubnetId(zone)))];

    /// <summary>Ids of the subnets of nodes, or the outputs that will hold them.</summary>
    public ImmutableArray<Value> NodeSubnets =>
        Settings.Network.Existing is { } existing
            ? [.. existing.NodeSubnetIds.Select(Value.Of)]
            : [.. Zones.Select(zone => new Value.Late(StackOutput.NodeSubnetId(zone)))];

    /// <summary>A cluster-wide object: where the cluster is not ours alone its name says whose it is.</summary>
    public string ClusterWide(string name) => OwnsCluster ? name : Names.ClusterWide(name);

    /// <summary>Who connects to a workload, by references and init gates.</summary>
    public ImmutableArray<Caller> CallersOf(string workload) => _callers.GetValueOrDefault(workload, []);

    /// <summary>What a node pulls for somebody else's image: the copy in our registry where there is one.</summary>
    public string ThirdPartyImage(string reference)
    {
        if (!Settings.Registry.Mirror)
        {
            return reference;
        }

        var path = reference.LastIndexOf('/');
        var version = reference.IndexOfAny([':', '@'], path + 1);
        return $"{ImageRegistry.Of(Settings)}/{Names.Mirror(reference)}{(version < 0 ? "" : reference[version..])}";
    }

    /// <summary>By which rules visitors reach a workload.</summary>
    public ImmutableArray<IngressRule> RulesOf(string workload) => _rules.GetValueOrDefault(workload, []);

    /// <summary>Metadata in the application's namespace.</summary>
    public V1ObjectMeta Metadata(string name, ImmutableSortedDictionary<string, string> labels) => new() { Name = name, NamespaceProperty = Namespace, Labels = labels };

    private IEnumerable<int> Zones => Enumerable.Range(1, Settings.AvailabilityZones.Length);
}

/// <param name="Workload"><see cref="Model.Workload.Name"/> of who calls.</param>
/// <param name="Port">Of the called container.</param>
internal sealed record Caller(string Workload, int Port, bool Udp);
