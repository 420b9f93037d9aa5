using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

internal sealed record Vpc : ResourceProperties
{
    public override string Type => "AWS::EC2::VPC";

    public required CfnValue CidrBlock { get; init; }

    /// <summary>With <see cref="EnableDnsHostnames"/> it is what the private endpoint of the cluster needs.</summary>
    public required CfnValue EnableDnsSupport { get; init; }

    public required CfnValue EnableDnsHostnames { get; init; }

    public required CfnValue InstanceTenancy { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(CidrBlock), CidrBlock),
        (nameof(EnableDnsSupport), EnableDnsSupport),
        (nameof(EnableDnsHostnames), EnableDnsHostnames),
        (nameof(InstanceTenancy), InstanceTenancy),
        (nameof(Tags), CfnValue.Each(Tags)));
}

internal sealed record InternetGateway : ResourceProperties
{
    public override string Type => "AWS::EC2::InternetGateway";

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Tags), CfnValue.Each(Tags)));
}

internal sealed record VpcGatewayAttachment : ResourceProperties
{
    public override string Type => "AWS::EC2::VPCGatewayAttachment";

    public required CfnValue VpcId { get; init; }

    public required CfnValue InternetGatewayId { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(VpcId), VpcId), (nameof(InternetGatewayId), InternetGatewayId));
}

internal sealed record Subnet : ResourceProperties
{
    public override string Type => "AWS::EC2::Subnet";

    public required CfnValue VpcId { get; init; }

    public required CfnValue AvailabilityZone { get; init; }

    public required CfnValue CidrBlock { get; init; }

    public required CfnValue MapPublicIpOnLaunch { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(VpcId), VpcId),
        (nameof(AvailabilityZone), AvailabilityZone),
        (nameof(CidrBlock), CidrBlock),
        (nameof(MapPublicIpOnLaunch), MapPublicIpOnLaunch),
        (nameof(Tags), CfnValue.Each(Tags)));
}

internal sealed record RouteTable : ResourceProperties
{
    public override string Type => "AWS::EC2::RouteTable";

    public required CfnValue VpcId { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(VpcId), VpcId), (nameof(Tags), CfnValue.Each(Tags)));
}

/// <summary>Leads to one of the two gateways.</summary>
internal sealed record Route : ResourceProperties
{
    public override string Type => "AWS::EC2::Route";

    public required CfnValue RouteTableId { get; init; }

    public required CfnValue DestinationCidrBlock { get; init; }

    public CfnValue? GatewayId { get; init; }

    public CfnValue? NatGatewayId { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(RouteTableId), RouteTableId),
        (nameof(DestinationCidrBlock), DestinationCidrBlock),
        (nameof(GatewayId), GatewayId),
        (nameof(NatGatewayId), NatGatewayId));
}

internal sealed record SubnetRouteTableAssociation : ResourceProperties
{
    public override string Type => "AWS::EC2::SubnetRouteTableAssociation";

    public required CfnValue SubnetId { get; init; }

    public required CfnValue RouteTableId { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(SubnetId), SubnetId), (nameof(RouteTableId), RouteTableId));
}

/// <summary>An Elastic IP address.</summary>
internal sealed record Eip : ResourceProperties
{
    public override string Type => "AWS::EC2::EIP";

    public required CfnValue Domain { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Domain), Domain), (nameof(Tags), CfnValue.Each(Tags)));
}

internal sealed record NatGateway : ResourceProperties
{
    public override string Type => "AWS::EC2::NatGateway";

    public required CfnValue SubnetId { get; init; }

    public required CfnValue AllocationId { get; init; }

    public required CfnValue ConnectivityType { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(SubnetId), SubnetId),
        (nameof(AllocationId), AllocationId),
        (nameof(ConnectivityType), ConnectivityType),
        (nameof(Tags), CfnValue.Each(Tags)));
}

/// <summary>A gateway endpoint has route tables, an interface endpoint has subnets and security groups.</summary>
internal sealed record VpcEndpoint : ResourceProperties
{
    public override string Type => "AWS::EC2::VPCEndpoint";

    public required CfnValue VpcEndpointType { get; init; }

    public required CfnValue ServiceName { get; init; }

    public required CfnValue VpcId { get; init; }

    public CfnValue? RouteTableIds { get; init; }

    public CfnValue? SubnetIds { get; init; }

    public CfnValue? SecurityGroupIds { get; init; }

    public CfnValue? PrivateDnsEnabled { get; init; }

    public PolicyDocument? PolicyDocument { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(VpcEndpointType), VpcEndpointType),
        (nameof(ServiceName), ServiceName),
        (nameof(VpcId), VpcId),
        (nameof(RouteTableIds), RouteTableIds),
        (nameof(SubnetIds), SubnetIds),
        (nameof(SecurityGroupIds), SecurityGroupIds),
        (nameof(PrivateDnsEnabled), PrivateDnsEnabled),
        (nameof(PolicyDocument), PolicyDocument));
}

internal sealed record SecurityGroup : ResourceProperties
{
    public override string Type => "AWS::EC2::SecurityGroup";

    public required CfnValue GroupDescription { get; init; }

    public required CfnValue VpcId { get; init; }

    public ImmutableArray<SecurityGroupRule> SecurityGroupIngress { get; init; } = [];

    /// <summary>Without any, EC2 allows all; <see cref="SecurityGroupRule.NoEgress"/> stands for none.</summary>
    public required ImmutableArray<SecurityGroupRule> SecurityGroupEgress { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(GroupDescription), GroupDescription),
        (nameof(VpcId), VpcId),
        (nameof(SecurityGroupIngress), CfnValue.Each(SecurityGroupIngress)),
        (nameof(SecurityGroupEgress), CfnValue.Each(SecurityGroupEgress)),
        (nameof(Tags), CfnValue.Each(Tags)));
}

/// <summary>A rule inside a security group.</summary>
internal sealed record SecurityGroupRule(CfnValue Description, CfnValue IpProtocol, CfnValue? FromPort, CfnValue? ToPort, CfnValue CidrIp) : Part
{
    public static readonly SecurityGroupRule NoEgress = new("Nothing", "-1", FromPort: null, ToPort: null, "127.0.0.1/32");

    public static SecurityGroupRule Https(string description, CfnValue cidr) => new(description, "tcp", 443, 443, cidr);

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Description), Description),
        (nameof(IpProtocol), IpProtocol),
        (nameof(FromPort), FromPort),
        (nameof(ToPort), ToPort),
        (nameof(CidrIp), CidrIp));
}

/// <summary>A rule of a security group that another stack, or EKS, made.</summary>
internal sealed record SecurityGroupIngress : ResourceProperties
{
    public override string Type => "AWS::EC2::SecurityGroupIngress";

    public required CfnValue GroupId { get; init; }

    public required CfnValue Description { get; init; }

    public required CfnValue IpProtocol { get; init; }

    public required CfnValue FromPort { get; init; }

    public required CfnValue ToPort { get; init; }

    public required CfnValue SourceSecurityGroupId { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(GroupId), GroupId),
        (nameof(Description), Description),
        (nameof(IpProtocol), IpProtocol),
        (nameof(FromPort), FromPort),
        (nameof(ToPort), ToPort),
        (nameof(SourceSecurityGroupId), SourceSecurityGroupId));
}

/// <summary>All its properties are create-only: a change makes another flow log, which does no harm.</summary>
internal sealed record FlowLog : ResourceProperties
{
    public override string Type => "AWS::EC2::FlowLog";

    public required CfnValue ResourceType { get; init; }

    public required CfnValue ResourceId { get; init; }

    public required CfnValue TrafficType { get; init; }

    public required CfnValue LogDestinationType { get; init; }

    public required CfnValue LogDestination { get; init; }

    public required CfnValue MaxAggregationInterval { get; init; }

    /// <summary>For S3.</summary>
    public FlowLogDestinationOptions? DestinationOptions { get; init; }

    /// <summary>For CloudWatch Logs.</summary>
    public CfnValue? DeliverLogsPermissionArn { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(ResourceType), ResourceType),
        (nameof(ResourceId), ResourceId),
        (nameof(TrafficType), TrafficType),
        (nameof(LogDestinationType), LogDestinationType),
        (nameof(LogDestination), LogDestination),
        (nameof(MaxAggregationInterval), MaxAggregationInterval),
        (nameof(DestinationOptions), DestinationOptions),
        (nameof(DeliverLogsPermissionArn), DeliverLogsPermissionArn));
}

internal sealed record FlowLogDestinationOptions(CfnValue FileFormat, CfnValue HiveCompatiblePartitions, CfnValue PerHourPartition) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(FileFormat), FileFormat),
        (nameof(HiveCompatiblePartitions), HiveCompatiblePartitions),
        (nameof(PerHourPartition), PerHourPartition));
}
