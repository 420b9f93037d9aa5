using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Planning;

/// <summary>
/// What an environment costs a month: of the stacks what their templates say, before and after; of what Kubernetes will ask for an estimate, which
/// counts as new where there is no cluster yet.
/// </summary>
internal static class Costs
{
    /// <param name="model">What is wanted.</param>
    /// <param name="comparisons">All stacks.</param>
    /// <param name="isExtended">The version of Kubernetes is in extended support.</param>
    public static Cost Of(DeploymentModel model, ImmutableArray<StackComparison> comparisons, bool isExtended)
    {
        var infrastructure = comparisons.Where(comparison => comparison.Plan.Action != StackAction.WithRollout && !comparison.IsHidden).ToList();
        var before = Counted(infrastructure.SelectMany(comparison => comparison.Before.Resources.Values), isExtended);
        var after = Counted(infrastructure.SelectMany(comparison => comparison.After.Resources.Values), isExtended);
        var hasCluster = model.Settings.Cluster.Existing is not null || infrastructure.Exists(comparison => comparison.Plan.ShortName == ClusterStack.ShortName && !comparison.Before.Resources.IsEmpty);
        var lines = before.Keys.Union(after.Keys, StringComparer.Ordinal).Select(name => Line(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Concat(Rollout(model).Select(line => line with { Before = hasCluster ? line.After : 0 }))
            .Where(line => line.Before != 0 || line.After != 0)
            .OrderByDescending(line => Math.Max(line.Before, line.After)).ThenBy(line => line.Name, StringComparer.Ordinal);
        return new Cost([.. lines], Prices.Of, Prices.Region);
    }

    private static CostLine Line(string name, Item? before, Item? after) =>
        new(name, Text(after ?? before ?? throw new System.Diagnostics.UnreachableException()), Rounded(before?.Month ?? 0), Rounded(after?.Month ?? 0), WithRollout: false);

    private static string Text(Item item) => string.Create(CultureInfo.InvariantCulture, $"{item.Count} x ${item.Month / item.Count:0.##}");

    private static Dictionary<string, Item> Counted(IEnumerable<TemplateResource> resources, bool isExtended) =>
        resources.SelectMany(resource => ItemsOf(resource, isExtended)).GroupBy(item => item.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Item(group.Key, group.Sum(item => item.Count), group.Sum(item => item.Month)), StringComparer.Ordinal);

    private static IEnumerable<Item> ItemsOf(TemplateResource resource, bool isExtended)
    {
        switch (resource.Type)
        {
            case "AWS::EKS::Cluster":
                yield return new Item("Control plane of EKS", 1, Prices.ControlPlaneHour * Prices.HoursOfMonth);
                if (isExtended)
                {
                    yield return new Item("Extended support of Kubernetes", 1, Prices.ExtendedSupportHour * Prices.HoursOfMonth);
                }

                break;
            case "AWS::EC2::NatGateway":
                yield return new Item("NAT gateways", 1, Prices.NatGatewayHour * Prices.HoursOfMonth);
                break;
            case "AWS::EC2::EIP":
                yield return new Item("Elastic addresses", 1, Prices.PublicAddressHour * Prices.HoursOfMonth);
                break;
            case "AWS::EC2::VPCEndpoint" when resource.Text("VpcEndpointType") == "Interface":
                var zones = Math.Max(1, resource.Items("SubnetIds").Length);
                yield return new Item("Interface endpoints, in each zone", zones, zones * Prices.InterfaceEndpointHour * Prices.HoursOfMonth);
                break;
            case "AWS::KMS::Key":
                yield return new Item("KMS keys", 1, Prices.KeyMonth);
                break;
            case "AWS::SecretsManager::Secret":
                yield return new Item("Secrets", 1, Prices.SecretMonth);
                break;
            case "AWS::WAFv2::WebACL":
                yield return new Item("Web application firewall", 1, Prices.WebAclMonth + (resource.Items("Rules").Length * Prices.WebAclRuleMonth));
                break;
            case "AWS::CloudWatch::Alarm":
                yield return new Item("Alarms", 1, Prices.AlarmMonth);
                break;
            default:
                break;
        }
    }

    private static IEnumerable<CostLine> Rollout(DeploymentModel model)
    {
        var settings = model.Settings;
        var usage = Prices.Usage(settings.Profile);
        var nodes = Nodes(model);
        if (settings.Cluster.Existing is null)
        {
            var month = Prices.InstanceMonth(nodes.Type, settings.Cluster.Capacity);
            yield return Estimate("Nodes", $"{nodes.Count} x {nodes.Type}{(settings.Cluster.Capacity == Capacity.Spot ? ", spot" : "")}", nodes.Count * month);
            yield return Estimate("Disks of nodes", $"{nodes.Count} x {nodes.DiskGiB} GiB", nodes.Count * nodes.DiskGiB * Prices.GibibyteMonth);
            if (settings.Network is { Egress: Egress.PublicNodes, Existing: null })
            {
                yield return Estimate("Public addresses of nodes", $"{nodes.Count}", nodes.Count * Prices.PublicAddressHour * Prices.HoursOfMonth);
            }

            if (settings.Network is { NatGateways: > 0, Existing: null })
            {
                yield return Estimate("Traffic through NAT", "few visitors", usage.NatData);
            }
        }

        var volumes = model.Workloads.Sum(workload => workload.Volumes.Sum(volume => volume.SizeGiB) * Math.Max(1, workload.Scaling.Min));
        yield return Estimate("Volumes", $"{volumes} GiB", volumes * Prices.GibibyteMonth);
        if (!model.Ingresses.IsEmpty)
        {
            var (count, zones) = (model.Ingresses.Length, Math.Max(2, settings.AvailabilityZones.Length));
            var hour = Prices.LoadBalancerHour + (settings.Edge.InternetFacing ? zones * Prices.PublicAddressHour : 0);
            yield return Estimate("Load balancers", string.Create(CultureInfo.InvariantCulture, $"{count}, in {zones} zones"), count * hour * Prices.HoursOfMonth);
            yield return Estimate("Requests at load balancers", "few visitors", usage.LoadUnits);
        }

        if (settings.Operations.Observability)
        {
            yield return settings.Profile == Profile.Dev
                ? Estimate("Monitoring in the cluster", "another node", Prices.InstanceMonth(nodes.Type, settings.Cluster.Capacity))
                : Estimate("Monitoring in the cluster", "a node, 100 GiB, a bucket", Prices.ObservabilityMonth);
        }

        yield return Estimate("Logs", "few visitors", usage.Logs + (settings.Network is { FlowLogs: FlowLogs.All, Existing: null } ? usage.FlowLogs : 0));
        yield return Estimate("Images in ECR", "the last ones", settings.Registry.Existing is null ? usage.Images : 0);
    }

    private static CostLine Estimate(string name, string detail, decimal month) => new(name, detail, 0, Rounded(month), WithRollout: true);

    // As many as the pods ask for, and at least what the profile spreads over its zones.
    private static (string Type, int Count, int DiskGiB) Nodes(DeploymentModel model)
    {
        const decimal gibibyte = 1024m * 1024 * 1024;
        var (type, least, disk, cores, memory) = model.Settings.Profile switch
        {
            Profile.Dev => ("t4g.medium", 1, 20, 1.7m, 2.9m),
            Profile.Staging => ("m7g.large", 2, 40, 1.7m, 6.4m),
            _ => ("m7g.large", 3, 80, 1.7m, 6.4m),
        };
        var wanted = model.Workloads.Select(workload => (Pods: workload.Scaling.Min, workload.Size)).ToList();
        var needed = Math.Max(
            wanted.Sum(workload => workload.Pods * (Quantity.Cpu(workload.Size.CpuRequest) ?? 0)) / cores,
            wanted.Sum(workload => workload.Pods * (Quantity.Memory(workload.Size.MemoryRequest) ?? 0)) / gibibyte / memory);
        return (type, Math.Max(least, (int)Math.Ceiling(needed)), disk);
    }

    private static decimal Rounded(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private sealed record Item(string Name, int Count, decimal Month);
}
