using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>
/// How the addresses of a VPC of our own are dealt out, one subnet of a kind in each zone, in the order of the zones. The blocks of a zone never move
/// when a zone is added: 10.x.0.0/19, 10.x.32.0/19, 10.x.64.0/19 for nodes, 10.x.96.0/24 and up for load balancers, 10.x.99.0/28 and up for the control plane.
/// </summary>
/// <param name="Public">Load balancers that face the internet, and NAT gateways.</param>
/// <param name="Node">Nodes and pods, and load balancers that face inwards.</param>
/// <param name="ControlPlane">Network interfaces of the Kubernetes API.</param>
internal sealed record SubnetPlan(ImmutableArray<string> Public, ImmutableArray<string> Node, ImmutableArray<string> ControlPlane)
{
    /// <summary>Addresses of Services, fixed for the life of a cluster.</summary>
    public const string ServiceCidr = "172.20.0.0/16";

    /// <summary>Of the cluster's DNS: the tenth of <see cref="ServiceCidr"/>.</summary>
    public const string DnsAddress = "172.20.0.10";

    private const int NodeStep = 32;
    private const int FirstPublic = 96;
    private const int ControlPlaneBlock = 99;
    private const int ControlPlaneStep = 16;

    /// <param name="cidr">The VPC's block, a /16.</param>
    /// <param name="zones">2 or 3.</param>
    public static SubnetPlan Of(string cidr, int zones)
    {
        var start = cidr[..cidr.IndexOf('.', cidr.IndexOf('.', StringComparison.Ordinal) + 1)];
        return new SubnetPlan(
            [.. Enumerable.Range(0, zones).Select(zone => Text($"{start}.{FirstPublic + zone}.0/24"))],
            [.. Enumerable.Range(0, zones).Select(zone => Text($"{start}.{NodeStep * zone}.0/19"))],
            [.. Enumerable.Range(0, zones).Select(zone => Text($"{start}.{ControlPlaneBlock}.{ControlPlaneStep * zone}/28"))]);
    }

    /// <summary>
    /// Where the application's load balancers connect from: the public subnets, the node subnets where they face inwards, and the whole block of a VPC
    /// that somebody else keeps, whose subnets are known by id only.
    /// </summary>
    public static ImmutableArray<string> LoadBalancers(EnvironmentSettings settings)
    {
        if (settings.Network.Existing is { } existing)
        {
            return [existing.Cidr];
        }

        var plan = Of(settings.Network.Cidr, settings.AvailabilityZones.Length);
        return settings.Edge.InternetFacing ? plan.Public : plan.Node;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
