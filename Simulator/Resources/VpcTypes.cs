using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>Networks, subnets and security groups.</summary>
internal static class VpcTypes
{
    public const string Vpc = "AWS::EC2::VPC";
    public const string Subnet = "AWS::EC2::Subnet";
    public const string SecurityGroup = "AWS::EC2::SecurityGroup";
    public const string SecurityGroupRule = "AWS::EC2::SecurityGroupIngress";

    private const int VpcsOfAccount = 5;

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Vpc,
            Id = work => work.Ec2Id("vpc"),
            Arn = work => work.Account.Arn("ec2", $"vpc/{work.Id}"),
            AttributeNames = ["VpcId", "CidrBlock", "CidrBlockAssociations", "DefaultNetworkAcl", "DefaultSecurityGroup", "Ipv6CidrBlocks"],
            Attributes = work => new JsonObject
            {
                ["VpcId"] = work.Id,
                ["CidrBlock"] = work.Text("CidrBlock"),
                ["CidrBlockAssociations"] = new JsonArray(work.Ec2Id("vpc-cidr-assoc")),
                ["DefaultNetworkAcl"] = work.Ec2Id("acl"),
                ["DefaultSecurityGroup"] = work.Ec2Id("sg"),
                ["Ipv6CidrBlocks"] = new JsonArray(),
            },
            CreateOnly = ["CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength"],
            Times = TypeTimes.Seconds(12, 5, 2),
            States = TypeStates.Available,
            RefusesCreation = work => work.Store.All(Vpc).Count() >= (work.Account.Faults.Quota("vpc") ?? VpcsOfAccount)
                ? Refusal.Final("The maximum number of VPCs has been reached. (Service: Ec2, Status Code: 400)") with { Code = "ServiceLimitExceeded" }
                : null,
            RefusesDeletion = work => NetworkUse.IsVpcUsed(work.Store, work.Id)
                ? Refusal.Passing($"The vpc '{work.Id}' has dependencies and cannot be deleted. (Service: Ec2, Status Code: 400)")
                : null,
            OnBegun = work => work.Plant(new CloudResource
            {
                Type = SecurityGroup,
                Id = work.Resource?.Attributes["DefaultSecurityGroup"].AsScalar() ?? "",
                Arn = work.Account.Arn("ec2", $"security-group/{work.Resource?.Attributes["DefaultSecurityGroup"].AsScalar()}"),
                Properties = new JsonObject { ["GroupName"] = "default", ["GroupDescription"] = "default VPC security group", ["VpcId"] = work.Id },
                Attributes = new JsonObject { ["GroupId"] = work.Resource?.Attributes["DefaultSecurityGroup"].AsScalar(), ["VpcId"] = work.Id },
            }),
            OnGone = work => work.Store.Remove(SecurityGroup, work.Resource?.Attributes["DefaultSecurityGroup"].AsScalar() ?? ""),
        },
        new()
        {
            Name = Subnet,
            Id = work => work.Ec2Id("subnet"),
            Arn = work => work.Account.Arn("ec2", $"subnet/{work.Id}"),
            AttributeNames = ["SubnetId", "AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "Ipv6CidrBlocks", "NetworkAclAssociationId", "VpcId"],
            Attributes = work => new JsonObject
            {
                ["SubnetId"] = work.Id,
                ["AvailabilityZone"] = work.Text("AvailabilityZone", $"{work.Account.Region}a"),
                ["CidrBlock"] = work.Text("CidrBlock"),
                ["Ipv6CidrBlocks"] = new JsonArray(),
                ["NetworkAclAssociationId"] = work.Ec2Id("aclassoc"),
                ["VpcId"] = work.Text("VpcId"),
            },
            Required = ["VpcId"],
            CreateOnly = ["VpcId", "AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "Ipv6Native", "OutpostArn"],
            Times = TypeTimes.Seconds(5, 5, 2),
            States = TypeStates.Available,
            RefusesCreation = work => NetworkUse.OverlapOf(work),
            RefusesDeletion = work => NetworkUse.IsSubnetUsed(work.Store, work.Id)
                ? Refusal.Passing($"The subnet '{work.Id}' has dependencies and cannot be deleted. (Service: Ec2, Status Code: 400)") with { Code = "InvalidRequest" }
                : null,
        },
        new()
        {
            Name = SecurityGroup,
            Id = work => work.Ec2Id("sg"),
            Arn = work => work.Account.Arn("ec2", $"security-group/{work.Id}"),
            AttributeNames = ["GroupId", "Id", "VpcId"],
            Attributes = work => new JsonObject { ["GroupId"] = work.Id, ["Id"] = work.Id, ["VpcId"] = work.Text("VpcId"), ["GroupName"] = work.NameOr("GroupName", 255) },
            Required = ["GroupDescription"],
            CreateOnly = ["GroupDescription", "GroupName", "VpcId"],
            Times = TypeTimes.Seconds(5, 5, 2),
            RefusesDeletion = work => NetworkUse.IsGroupUsed(work.Store, work.Id)
                ? Refusal.Passing($"resource {work.Id} has a dependent object (Service: Ec2, Status Code: 400)") with { Code = "InvalidRequest" }
                : null,
        },
        Rule(SecurityGroupRule, ["SourceSecurityGroupId", "SourcePrefixListId"]),
        Rule("AWS::EC2::SecurityGroupEgress", ["DestinationSecurityGroupId", "DestinationPrefixListId"]),
    ];

    private static ResourceType Rule(string name, ImmutableArray<string> others) => new()
    {
        Name = name,
        Id = work => work.Ec2Id("sgr"),
        AttributeNames = ["Id"],
        Attributes = work => new JsonObject { ["Id"] = work.Id },
        Required = ["IpProtocol"],
        CreateOnly = ["GroupId", "GroupName", "IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6", .. others],
        IsTagged = false,
        Times = TypeTimes.Seconds(4, 4, 2),
        RefusesCreation = work => work.Text("GroupId") is { } group && work.Store.Find(SecurityGroup, group) is null
            ? Refusal.Final($"The security group '{group}' does not exist (Service: Ec2, Status Code: 400)") with { Code = "NotFound" }
            : null,
    };
}
