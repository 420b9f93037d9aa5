using System.Collections.Immutable;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What every object is made from: the model and what follows from it for all objects alike.</summary>
internal sealed class ObjectContext
{
    private readonly Dictionary<string, PeerPorts> _callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<IngressRule>> _rules = new(StringComparer.Ordinal);

    public ObjectContext(DeploymentModel model)
    {
        Model = model;
        Values = ProfileValues.Of(model.Settings.Profile);
        Workloads = model.Workloads.ToDictionary(workload => workload.Name, StringComparer.Ordinal);
        foreach (var workload in model.Workloads)
        {
            foreach (var flow in workload.Calls.Concat(workload.Gates))
            {
                In(_callers, flow.Target).Include(workload.Name, flow);
            }
        }

        foreach (var rule in model.Ingresses.SelectMany(ingress => ingress.Rules))
        {
            In(_rules, rule.Workload).Add(rule);
        }
    }

    public DeploymentModel Model { get; }

    public ProfileValues Values { get; }

    /// <summary>By <see cref="Workload.Name"/>.</summary>
    public IReadOnlyDictionary<string, Workload> Workloads { get; }

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
            : OfZones(Settings.Edge.InternetFacing ? StackOutput.PublicSubnetId : StackOutput.NodeSubnetId);

    /// <summary>Ids of the subnets of nodes, or the outputs that will hold them.</summary>
    public ImmutableArray<Value> NodeSubnets =>
        Settings.Network.Existing is { } existing
            ? [.. existing.NodeSubnetIds.Select(Value.Of)]
            : OfZones(Settings.Network.NodesArePublic ? StackOutput.PublicSubnetId : StackOutput.NodeSubnetId);

    /// <summary>A cluster-wide object: where the cluster is not ours alone its name says whose it is.</summary>
    public string ClusterWide(string name) => OwnsCluster ? name : Names.ClusterWide(name);

    /// <summary>Who connects to a workload, by references and init gates.</summary>
    public PeerPorts CallersOf(string workload) => _callers.GetValueOrDefault(workload) ?? [];

    /// <summary>What a node pulls for somebody else's image: the copy in our registry where there is one.</summary>
    public string ThirdPartyImage(string reference)
    {
        if (!Settings.Images.Mirror || ImageReference.Parse(reference) is not { } image)
        {
            return reference;
        }

        return (image with { Repository = $"{ImageRegistry.Of(Settings)}/{Names.Mirror(reference)}" }).ToString();
    }

    /// <summary>By which rules visitors reach a workload.</summary>
    public IReadOnlyList<IngressRule> RulesOf(string workload) => _rules.GetValueOrDefault(workload) ?? [];

    /// <summary>Metadata in the application's namespace.</summary>
    public V1ObjectMeta Metadata(string name, ImmutableSortedDictionary<string, string> labels) => new() { Name = name, NamespaceProperty = Namespace, Labels = labels };

    private static T In<T>(Dictionary<string, T> all, string key)
        where T : new()
    {
        if (!all.TryGetValue(key, out var found))
        {
            all.Add(key, found = new T());
        }

        return found;
    }

    // From 1, in the order of the zones.
    private ImmutableArray<Value> OfZones(Func<int, LateValue> output)
    {
        var values = ImmutableArray.CreateBuilder<Value>();
        for (var zone = 1; zone <= Settings.AvailabilityZones.Length; zone++)
        {
            values.Add(new Value.Late(output(zone)));
        }

        return values.ToImmutable();
    }
}
