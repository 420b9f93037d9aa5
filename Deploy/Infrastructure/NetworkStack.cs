using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>The VPC: public subnets for load balancers, subnets for nodes, small ones for the control plane's interfaces.</summary>
internal static class NetworkStack
{
    public const string ShortName = "network";

    private static readonly CfnValue Vpc = new CfnValue.Ref("Vpc");

    public static StackTemplate Render(DeploymentModel model)
    {
        var zones = model.Settings.AvailabilityZones;
        ImmutableArray<int> numbers = [.. Enumerable.Range(1, zones.Length)];
        var template = new Template($"Network of {model.Names.Prefix}")
        {
            // Zones are parameters because their numbers mean other places in other accounts; a stack keeps those that it began with.
            Parameters = [.. numbers.Select(n => new TemplateParameter(Zone(n), "AWS::EC2::AvailabilityZone::Name", "A zone in which EKS takes control planes", Default: null))],
            Resources =
            [
                .. Gateway(model),
                .. numbers.SelectMany(n => Subnets(model, n)),
                .. numbers.SelectMany(n => Way(model, n)),
                .. NetworkEndpoints.Of(model, numbers),
                .. NetworkFlowLogs.Of(model),
            ],
            Outputs =
            [
                Output.Exported(model, "VpcId", "The VPC", Vpc),
                Output.Exported(model, "PublicSubnetIds", "For load balancers, in the order of the zones", SubnetList("PublicSubnet", numbers)),
                Output.Exported(model, "NodeSubnetIds", "For nodes, in the order of the zones", SubnetList("NodeSubnet", numbers)),
                Output.Exported(model, "ControlPlaneSubnetIds", "For the control plane, in the order of the zones", SubnetList("ControlPlaneSubnet", numbers)),
                Output.Exported(model, "VpcCidr", "Addresses of the VPC", new CfnValue.GetAtt("Vpc", "CidrBlock")),
                .. numbers.Select(n => SubnetId("PublicSubnet", n, StackOutput.PublicSubnetId(n))),
                .. numbers.Select(n => SubnetId("NodeSubnet", n, StackOutput.NodeSubnetId(n))),
            ],
        };
        return StackAssembly.Of(
            model, ShortName, StackScope.Environment, template, [.. numbers.Select(n => new StackParameter(Zone(n), new ParameterValue.Text(zones[n - 1])))]);
    }

    public static string Numbered(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);

    private static string Zone(int number) => Numbered("AvailabilityZone", number);

    private static Output SubnetId(string logicalId, int number, LateValue late) =>
        new(late.Output, "For the objects in the cluster", new CfnValue.Ref(Numbered(logicalId, number)), Export: null);

    private static CfnValue.Join SubnetList(string name, ImmutableArray<int> numbers) =>
        new(",", [.. numbers.Select(n => new CfnValue.Ref(Numbered(name, n)))]);

    private static IEnumerable<Resource> Gateway(DeploymentModel model) =>
    [
        new Resource("Vpc", new Vpc
        {
            CidrBlock = model.Settings.Network.Cidr,
            EnableDnsSupport = true,
            EnableDnsHostnames = true,
            InstanceTenancy = "default",
            Tags = [new Tag("Name", model.Names.Prefix)],
        }),
        new Resource("InternetGateway", new InternetGateway { Tags = [new Tag("Name", model.Names.Prefix)] }),
        new Resource("InternetGatewayAttachment", new VpcGatewayAttachment { VpcId = Vpc, InternetGatewayId = new CfnValue.Ref("InternetGateway") }),
        new Resource("PublicRouteTable", new RouteTable { VpcId = Vpc, Tags = [new Tag("Name", $"{model.Names.Prefix}-public")] }),
        ToInternet("PublicDefaultRoute", "PublicRouteTable"),
        // No route beyond the VPC: the interfaces of the control plane talk to nodes and to those who use the private endpoint.
        new Resource("ControlPlaneRouteTable", new RouteTable { VpcId = Vpc, Tags = [new Tag("Name", $"{model.Names.Prefix}-control-plane")] }),
    ];

    private static Resource ToInternet(string logicalId, string routeTable) => new(logicalId, new Route
    {
        RouteTableId = new CfnValue.Ref(routeTable),
        DestinationCidrBlock = "0.0.0.0/0",
        GatewayId = new CfnValue.Ref("InternetGateway"),
    })
    { DependsOn = ["InternetGatewayAttachment"] };

    private static IEnumerable<Resource> Subnets(DeploymentModel model, int number)
    {
        var plan = SubnetPlan.Of(model.Settings.Network.Cidr, model.Settings.AvailabilityZones.Length);
        // Nodes that are to have public addresses stand in the public subnets.
        var publicNodes = model.Settings.Network.NodesArePublic;
        return
        [
            .. Subnet(model, "PublicSubnet", "public", number, plan.Public[number - 1], publicNodes, "PublicRouteTable", new Tag("kubernetes.io/role/elb", "1")),
            .. Subnet(model, "NodeSubnet", "node", number, plan.Nodes[number - 1], mapPublicIp: false, Numbered("NodeRouteTable", number), new Tag("kubernetes.io/role/internal-elb", "1")),
            .. Subnet(model, "ControlPlaneSubnet", "control-plane", number, plan.ControlPlane[number - 1], mapPublicIp: false, "ControlPlaneRouteTable"),
        ];
    }

    private static IEnumerable<Resource> Subnet(
        DeploymentModel model, string logicalId, string name, int number, string cidr, bool mapPublicIp, string routeTable, params ImmutableArray<Tag> tags) =>
    [
        new Resource(Numbered(logicalId, number), new Subnet
        {
            VpcId = Vpc,
            AvailabilityZone = new CfnValue.Ref(Zone(number)),
            CidrBlock = cidr,
            MapPublicIpOnLaunch = mapPublicIp,
            Tags = [new Tag("Name", Numbered($"{model.Names.Prefix}-{name}-", number)), .. tags],
        }),
        new Resource(Numbered(logicalId, number) + "Routes", new SubnetRouteTableAssociation
        {
            SubnetId = new CfnValue.Ref(Numbered(logicalId, number)),
            RouteTableId = new CfnValue.Ref(routeTable),
        }),
    ];

    private static IEnumerable<Resource> Way(DeploymentModel model, int number)
    {
        var network = model.Settings.Network;
        var table = Numbered("NodeRouteTable", number);
        yield return new Resource(table, new RouteTable { VpcId = Vpc, Tags = [new Tag("Name", Numbered($"{model.Names.Prefix}-node-", number))] });
        if (network.Egress != Egress.Nat)
        {
            yield break;
        }

        var gateways = network.NatGateways;
        if (number <= gateways)
        {
            var name = Numbered($"{model.Names.Prefix}-nat-", number);
            yield return new Resource(Numbered("NatEip", number), new Eip { Domain = "vpc", Tags = [new Tag("Name", name)] }) { DependsOn = ["InternetGatewayAttachment"] };
            yield return new Resource(Numbered("NatGateway", number), new NatGateway
            {
                SubnetId = new CfnValue.Ref(Numbered("PublicSubnet", number)),
                AllocationId = new CfnValue.GetAtt(Numbered("NatEip", number), "AllocationId"),
                ConnectivityType = "public",
                Tags = [new Tag("Name", name)],
            });
        }

        yield return new Resource(Numbered("NodeDefaultRoute", number), new Route
        {
            RouteTableId = new CfnValue.Ref(table),
            DestinationCidrBlock = "0.0.0.0/0",
            NatGatewayId = new CfnValue.Ref(Numbered("NatGateway", Math.Min(number, gateways))),
        });
    }
}
