using System.Net;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>What is in the way of the deletion of parts of a network.</summary>
internal static class NetworkUse
{
    public const string Interface = "AWS::EC2::NetworkInterface";

    public static bool IsSubnetUsed(ResourceStore store, string subnetId) =>
        store.All(Interface).Any(card => card.Text("SubnetId") == subnetId);

    public static bool IsVpcUsed(ResourceStore store, string vpcId) =>
        ((IEnumerable<string>)[VpcTypes.Subnet, RoutingTypes.RouteTable, EndpointTypes.Endpoint, Interface]).Any(type => store.All(type).Any(part => part.Text("VpcId") == vpcId))
        || store.All(VpcTypes.SecurityGroup).Any(group => group.Text("VpcId") == vpcId && group.Text("GroupName") != "default")
        || store.All(RoutingTypes.Attachment).Any(attachment => attachment.Text("VpcId") == vpcId);

    /// <summary>By an interface, or by a rule of another group.</summary>
    public static bool IsGroupUsed(ResourceStore store, string groupId) =>
        store.All(Interface).Any(card => card.Texts("GroupSet").Contains(groupId))
        || store.All(VpcTypes.SecurityGroupRule).Any(rule => rule.Text("GroupId") != groupId && rule.Text("SourceSecurityGroupId") == groupId)
        || store.All(VpcTypes.SecurityGroup).Any(group => group.Id != groupId
            && ((IEnumerable<string>)["SecurityGroupIngress", "SecurityGroupEgress"])
                .SelectMany(side => (group.Properties[side] as System.Text.Json.Nodes.JsonArray) ?? [])
                .Any(rule => rule.At("SourceSecurityGroupId").AsScalar() == groupId || rule.At("DestinationSecurityGroupId").AsScalar() == groupId));

    /// <summary>Whether something in it has a public address: a NAT gateway, a load balancer that faces the internet.</summary>
    public static bool HasPublicAddresses(ResourceStore store, string vpcId) =>
        store.All(Interface).Any(card => card.Text("VpcId") == vpcId && card.Text("PublicIp") is not null)
        || store.All("AWS::ElasticLoadBalancingV2::LoadBalancer").Any(balancer => balancer.Text("VpcId") == vpcId && balancer.Text("Scheme") != "internal");

    public static Refusal? OverlapOf(ResourceWork work)
    {
        if (work.Text("VpcId") is not { } vpcId || work.Text("CidrBlock") is not { } text || !IPNetwork.TryParse(text, out var block))
        {
            return null;
        }

        var overlapping = work.Store.All(VpcTypes.Subnet).Any(subnet =>
            subnet.Text("VpcId") == vpcId && IPNetwork.TryParse(subnet.Text("CidrBlock"), out var other) && (other.Contains(block.BaseAddress) || block.Contains(other.BaseAddress)));
        return overlapping ? Refusal.Final($"The CIDR '{text}' conflicts with another subnet (Service: Ec2, Status Code: 400)") with { Code = "AlreadyExists" } : null;
    }

    /// <summary>Of a subnet; null where there is none of that id.</summary>
    public static string? VpcOf(ResourceStore store, string subnetId) => store.Find(VpcTypes.Subnet, subnetId)?.Text("VpcId");
}
