using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>
/// Network interfaces that services put into subnets: <c>AWS::EC2::NetworkInterface</c> with the properties SubnetId, Description, GroupSet, and the attributes
/// VpcId, InterfaceType, RequesterManaged, AvailabilityZone, and PublicIp where it has one.
/// </summary>
internal static class Interfaces
{
    public static CloudResource In(ResourceWork work, string id, string subnetId, string description, string interfaceType, ImmutableArray<string> groups, string? publicIp)
    {
        var subnet = work.Store.Find(VpcTypes.Subnet, subnetId);
        var attributes = new JsonObject
        {
            ["VpcId"] = subnet?.Text("VpcId"),
            ["AvailabilityZone"] = subnet?.Text("AvailabilityZone"),
            ["InterfaceType"] = interfaceType,
            ["RequesterManaged"] = true,
        };
        if (publicIp is not null)
        {
            attributes["PublicIp"] = publicIp;
        }

        return new CloudResource
        {
            Type = NetworkUse.Interface,
            Id = id,
            Arn = work.Account.Arn("ec2", $"network-interface/{id}"),
            Properties = new JsonObject
            {
                ["SubnetId"] = subnetId,
                ["Description"] = description,
                ["GroupSet"] = new JsonArray([.. groups.Select(group => JsonText.Text(group))]),
            },
            Attributes = attributes,
            State = "in-use",
        };
    }
}
