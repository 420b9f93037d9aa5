using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>Ways into and out of a network.</summary>
internal static class RoutingTypes
{
    public const string RouteTable = "AWS::EC2::RouteTable";
    public const string Attachment = "AWS::EC2::VPCGatewayAttachment";
    public const string Address = "AWS::EC2::EIP";
    public const string NatGateway = "AWS::EC2::NatGateway";

    private const int AddressesOfAccount = 5;

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = RouteTable,
            Id = work => work.Ec2Id("rtb"),
            Arn = work => work.Account.Arn("ec2", $"route-table/{work.Id}"),
            AttributeNames = ["RouteTableId"],
            Attributes = work => new JsonObject { ["RouteTableId"] = work.Id },
            Required = ["VpcId"],
            CreateOnly = ["VpcId"],
            Times = TypeTimes.Seconds(11, 5, 2),
        },
        new()
        {
            Name = "AWS::EC2::Route",
            Id = work => $"{work.Text("RouteTableId")}|{work.Text("DestinationCidrBlock") ?? work.Text("DestinationIpv6CidrBlock") ?? work.Text("DestinationPrefixListId")}",
            AttributeNames = ["CidrBlock"],
            Attributes = work => new JsonObject { ["CidrBlock"] = work.Text("DestinationCidrBlock") },
            Required = ["RouteTableId"],
            CreateOnly = ["RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"],
            IsTagged = false,
            Times = TypeTimes.Seconds(8, 8, 8),
        },
        new()
        {
            Name = "AWS::EC2::SubnetRouteTableAssociation",
            Id = work => work.Ec2Id("rtbassoc"),
            AttributeNames = ["Id"],
            Attributes = work => new JsonObject { ["Id"] = work.Id },
            Required = ["RouteTableId", "SubnetId"],
            CreateOnly = ["SubnetId", "RouteTableId"],
            IsTagged = false,
            Times = TypeTimes.Seconds(4, 4, 2),
        },
        new()
        {
            Name = "AWS::EC2::InternetGateway",
            Id = work => work.Ec2Id("igw"),
            Arn = work => work.Account.Arn("ec2", $"internet-gateway/{work.Id}"),
            AttributeNames = ["InternetGatewayId"],
            Attributes = work => new JsonObject { ["InternetGatewayId"] = work.Id },
            Times = TypeTimes.Seconds(16, 5, 2),
            RefusesDeletion = work => work.Store.All(Attachment).Any(attachment => attachment.Text("InternetGatewayId") == work.Id)
                ? Refusal.Passing($"The internetGateway '{work.Id}' has dependencies and cannot be deleted. (Service: Ec2, Status Code: 400)")
                : null,
        },
        new()
        {
            Name = Attachment,
            Id = work => $"{(work.Text("InternetGatewayId") is null ? "VGW" : "IGW")}|{work.Text("VpcId")}",
            AttributeNames = ["AttachmentType"],
            Attributes = work => new JsonObject { ["AttachmentType"] = work.Text("InternetGatewayId") is null ? "VGW" : "IGW" },
            Required = ["VpcId"],
            CreateOnly = ["VpcId"],
            IsTagged = false,
            Times = TypeTimes.Seconds(8, 8, 20),
            RefusesDeletion = work => NetworkUse.HasPublicAddresses(work.Store, work.Text("VpcId", ""))
                ? Refusal.Passing($"Network {work.Text("VpcId")} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway. (Service: Ec2, Status Code: 400)")
                : null,
        },
        new()
        {
            Name = Address,
            Id = PublicIp,
            Arn = work => work.Account.Arn("ec2", $"elastic-ip/{work.Ec2Id("eipalloc")}"),
            AttributeNames = ["AllocationId", "PublicIp"],
            // The allocation's id is the end of the ARN: it was made for that.
            Attributes = work => new JsonObject { ["AllocationId"] = work.Resource?.Arn?.Split('/')[^1], ["PublicIp"] = work.Id },
            CreateOnly = ["Domain", "NetworkBorderGroup", "TransferAddress", "Address", "IpamPoolId"],
            Times = TypeTimes.Seconds(16, 5, 3),
            RefusesCreation = work => work.Store.All(Address).Count() >= (work.Account.Faults.Quota("address") ?? AddressesOfAccount)
                ? Refusal.Final("The maximum number of addresses has been reached. (Service: Ec2, Status Code: 400)") with { Code = "ServiceLimitExceeded" }
                : null,
        },
        new()
        {
            Name = NatGateway,
            Id = work => work.Ec2Id("nat"),
            Arn = work => work.Account.Arn("ec2", $"natgateway/{work.Id}"),
            AttributeNames = ["NatGatewayId", "EniId", "RouteTableId"],
            Attributes = work => new JsonObject { ["NatGatewayId"] = work.Id, ["EniId"] = work.Ec2Id("eni"), ["VpcId"] = NetworkUse.VpcOf(work.Store, work.Text("SubnetId", "")) },
            CreateOnly = ["SubnetId", "ConnectivityType", "AllocationId", "PrivateIpAddress"],
            Times = TypeTimes.Seconds(112, 5, 55),
            States = TypeStates.Available,
            OnBegun = AddNatInterface,
            OnGone = RemoveNatInterface,
        },
    ];

    // Addresses of documentation are too few; these belong to nobody else who could be reached by mistake from loopback.
    private static string PublicIp(ResourceWork work)
    {
        var digits = work.Account.Ids.Hex(4, $"{work.Purpose}/address");
        return $"198.18.{Convert.ToInt32(digits[..2], 16)}.{Convert.ToInt32(digits[2..], 16)}";
    }

    private static void AddNatInterface(ResourceWork work)
    {
        var subnet = work.Text("SubnetId", "");
        var address = work.Store.All(Address).FirstOrDefault(address => address.Text("AllocationId") == work.Text("AllocationId"));
        work.Plant(Interfaces.In(work, work.Resource?.Attributes["EniId"].AsScalar() ?? "", subnet, $"Interface for NAT Gateway {work.Id}", "nat_gateway", [], address?.Id));
        if (address is not null)
        {
            var attributes = (JsonObject)address.Attributes.DeepClone();
            attributes["AssociationId"] = work.Ec2Id("eipassoc");
            attributes["NetworkInterfaceId"] = work.Resource?.Attributes["EniId"].AsScalar();
            work.Store.Put(address with { Attributes = attributes });
        }
    }

    private static void RemoveNatInterface(ResourceWork work)
    {
        work.Store.Remove(NetworkUse.Interface, work.Resource?.Attributes["EniId"].AsScalar() ?? "");
        if (work.Store.All(Address).FirstOrDefault(address => address.Text("AllocationId") == work.Text("AllocationId")) is { } address)
        {
            var attributes = (JsonObject)address.Attributes.DeepClone();
            attributes.Remove("AssociationId");
            attributes.Remove("NetworkInterfaceId");
            work.Store.Put(address with { Attributes = attributes });
        }
    }
}
