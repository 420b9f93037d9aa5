using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <summary>Nodes of EC2 that EKS manages. Instance types, image type, capacity, subnets and role are create-only.</summary>
internal sealed record Nodegroup : ResourceProperties
{
    public override string Type => "AWS::EKS::Nodegroup";

    public required CfnValue ClusterName { get; init; }

    public required CfnValue NodeRole { get; init; }

    public required CfnValue Subnets { get; init; }

    public required CfnValue AmiType { get; init; }

    public required CfnValue CapacityType { get; init; }

    public required CfnValue InstanceTypes { get; init; }

    public required NodegroupScaling ScalingConfig { get; init; }

    public required NodegroupUpdate UpdateConfig { get; init; }

    public required NodeRepairConfig NodeRepairConfig { get; init; }

    public required NodegroupLaunchTemplate LaunchTemplate { get; init; }

    public required CfnValue ForceUpdateEnabled { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(ClusterName), ClusterName),
        (nameof(NodeRole), NodeRole),
        (nameof(Subnets), Subnets),
        (nameof(AmiType), AmiType),
        (nameof(CapacityType), CapacityType),
        (nameof(InstanceTypes), InstanceTypes),
        (nameof(ScalingConfig), ScalingConfig),
        (nameof(UpdateConfig), UpdateConfig),
        (nameof(NodeRepairConfig), NodeRepairConfig),
        (nameof(LaunchTemplate), LaunchTemplate),
        (nameof(ForceUpdateEnabled), ForceUpdateEnabled));
}

internal sealed record NodegroupScaling(CfnValue MinSize, CfnValue DesiredSize, CfnValue MaxSize) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(MinSize), MinSize), (nameof(DesiredSize), DesiredSize), (nameof(MaxSize), MaxSize));
}

internal sealed record NodegroupUpdate(CfnValue MaxUnavailablePercentage) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(MaxUnavailablePercentage), MaxUnavailablePercentage));
}

internal sealed record NodeRepairConfig(CfnValue Enabled) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Enabled), Enabled));
}

internal sealed record NodegroupLaunchTemplate(CfnValue Id, CfnValue Version) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Id), Id), (nameof(Version), Version));
}

internal sealed record LaunchTemplate : ResourceProperties
{
    public override string Type => "AWS::EC2::LaunchTemplate";

    public CfnValue? ImageId { get; init; }

    public CfnValue? InstanceType { get; init; }

    public CfnValue? IamInstanceProfileArn { get; init; }

    public CfnValue? SecurityGroupIds { get; init; }

    public required MetadataOptions MetadataOptions { get; init; }

    public required ImmutableArray<BlockDevice> BlockDeviceMappings { get; init; }

    public required CfnValue Monitoring { get; init; }

    /// <summary>Of instances and their volumes, which get none from the stack.</summary>
    public required ImmutableArray<Tag> InstanceTags { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(("LaunchTemplateData", CfnValue.Map.Of(
        (nameof(ImageId), ImageId),
        (nameof(InstanceType), InstanceType),
        ("IamInstanceProfile", IamInstanceProfileArn is null ? null : CfnValue.Map.Of(("Arn", IamInstanceProfileArn))),
        (nameof(SecurityGroupIds), SecurityGroupIds),
        (nameof(MetadataOptions), MetadataOptions),
        (nameof(BlockDeviceMappings), CfnValue.Each(BlockDeviceMappings)),
        (nameof(Monitoring), CfnValue.Map.Of(("Enabled", Monitoring))),
        ("TagSpecifications", CfnValue.List.Of(Specification("instance"), Specification("volume"))))));

    private CfnValue.Map Specification(string resourceType) => CfnValue.Map.Of(("ResourceType", resourceType), ("Tags", CfnValue.Each(InstanceTags)));
}

/// <summary>Version 2 of the metadata service; a hop limit of 1 keeps pods away from it.</summary>
internal sealed record MetadataOptions(CfnValue HttpTokens, CfnValue HttpPutResponseHopLimit) : Part
{
    public static readonly MetadataOptions Strict = new("required", 1);

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(HttpTokens), HttpTokens), (nameof(HttpPutResponseHopLimit), HttpPutResponseHopLimit));
}

/// <summary>An encrypted gp3 volume that goes with its instance.</summary>
internal sealed record BlockDevice(CfnValue DeviceName, CfnValue VolumeSize) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(DeviceName), DeviceName),
        ("Ebs", CfnValue.Map.Of(("VolumeType", "gp3"), (nameof(VolumeSize), VolumeSize), ("Encrypted", true), ("DeleteOnTermination", true))));
}

internal sealed record AutoScalingGroup : ResourceProperties
{
    public override string Type => "AWS::AutoScaling::AutoScalingGroup";

    /// <summary>Null: CloudFormation makes one that begins with the stack's.</summary>
    public CfnValue? AutoScalingGroupName { get; init; }

    public required CfnValue VPCZoneIdentifier { get; init; }

    public required CfnValue MinSize { get; init; }

    public required CfnValue MaxSize { get; init; }

    public required CfnValue DesiredCapacity { get; init; }

    /// <summary>Seconds.</summary>
    public required CfnValue MaxInstanceLifetime { get; init; }

    public required CfnValue LaunchTemplateId { get; init; }

    public required CfnValue LaunchTemplateVersion { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(AutoScalingGroupName), AutoScalingGroupName),
        (nameof(VPCZoneIdentifier), VPCZoneIdentifier),
        (nameof(MinSize), MinSize),
        (nameof(MaxSize), MaxSize),
        (nameof(DesiredCapacity), DesiredCapacity),
        (nameof(MaxInstanceLifetime), MaxInstanceLifetime),
        ("LaunchTemplate", CfnValue.Map.Of((nameof(LaunchTemplateId), LaunchTemplateId), ("Version", LaunchTemplateVersion))));
}
