using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>How a /16 is divided: the same cut in every environment, so that a policy can name the addresses of a subnet before it exists.</summary>
/// <param name="Public">Load balancers and NAT gateways; one a zone, as are the others.</param>
/// <param name="Nodes">Nodes and pods.</param>
/// <param name="ControlPlane">Network interfaces of the control plane.</param>
internal sealed record SubnetPlan(ImmutableArray<string> Public, ImmutableArray<string> Nodes, ImmutableArray<string> ControlPlane)
{
    /// <summary>Of Services in a cluster that the tool makes.</summary>
    public const string ServiceCidr = "172.20.0.0/16";

    /// <summary>EKS answers DNS at the tenth address of the services.</summary>
    public const string ClusterDns = "172.20.0.10";

    /// <param name="cidr">A /16, such as <c>10.2.0.0/16</c>.</param>
    /// <param name="zones">1 to 3.</param>
    public static SubnetPlan Of(string cidr, int zones)
    {
        var prefix = string.Join('.', cidr.Split('.').Take(2));
        return new SubnetPlan(
            All(zones, zone => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{96 + zone}.0/24")),
            All(zones, zone => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{32 * zone}.0/19")),
            All(zones, zone => string.Create(CultureInfo.InvariantCulture, $"{prefix}.99.{16 * zone}/28")));
    }

    /// <summary>
    /// Where the application's load balancers connect from: the public subnets, the nodes' where they face inwards, and the whole block of a VPC that
    /// somebody else keeps, whose subnets are known by id only.
    /// </summary>
    public static ImmutableArray<string> LoadBalancers(EnvironmentSettings settings)
    {
        if (settings.Network.Existing is { } existing)
        {
            return [existing.Cidr];
        }

        var plan = Of(settings.Network.Cidr, settings.AvailabilityZones.Length);
        return settings.Edge.InternetFacing ? plan.Public : plan.Nodes;
    }

    private static ImmutableArray<string> All(int zones, Func<int, string> subnet) => [.. Enumerable.Range(0, zones).Select(subnet)];
}
