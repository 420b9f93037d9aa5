using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <param name="ZoneName">Such as <c>eu-west-1a</c>: another zone in each account.</param>
/// <param name="ZoneId">Such as <c>euw1-az2</c>: the same zone in every account.</param>
/// <param name="State"><c>available</c>, <c>impaired</c>, …</param>
internal sealed record AvailabilityZone(string ZoneName, string ZoneId, string State)
{
    public static AvailabilityZone Read(XElement element) => new(element.Always("zoneName"), element.Always("zoneId"), element.Always("zoneState"));
}

/// <param name="Location">A zone's name.</param>
internal sealed record InstanceTypeOffering(string InstanceType, string Location)
{
    public static InstanceTypeOffering Read(XElement element) => new(element.Always("instanceType"), element.Always("location"));
}

internal sealed record Vpc(string VpcId, string CidrBlock, bool IsDefault, ImmutableArray<string> CidrBlocks, ImmutableArray<AwsTag> Tags)
{
    public static Vpc Read(XElement element) => new(
        element.Always("vpcId"),
        element.Always("cidrBlock"),
        element.Flag("isDefault"),
        element.Members("cidrBlockAssociationSet", association => association.Always("cidrBlock")),
        Ec2Tags.Of(element));
}

/// <param name="AssociationId">Null where nothing uses it.</param>
internal sealed record ElasticAddress(string PublicIp, string AllocationId, string? AssociationId, string? NetworkInterfaceId, ImmutableArray<AwsTag> Tags)
{
    public static ElasticAddress Read(XElement element) => new(
        element.Always("publicIp"), element.Always("allocationId"), element.Text("associationId"), element.Text("networkInterfaceId"), Ec2Tags.Of(element));
}

/// <param name="State"><c>pending</c>, <c>running</c>, <c>shutting-down</c>, <c>terminated</c>, <c>stopping</c>, <c>stopped</c>. Terminated ones are shown for an hour.</param>
/// <param name="InstanceLifecycle"><c>spot</c>, or null.</param>
internal sealed record Instance(
    string InstanceId, string InstanceType, string State, string? AvailabilityZone, string? InstanceLifecycle, DateTimeOffset? LaunchTime, ImmutableArray<AwsTag> Tags)
{
    public static Instance Read(XElement element) => new(
        element.Always("instanceId"),
        element.Always("instanceType"),
        element.Child("instanceState")?.Text("name") ?? "",
        element.Child("placement")?.Text("availabilityZone"),
        element.Text("instanceLifecycle"),
        element.Time("launchTime"),
        Ec2Tags.Of(element));
}

/// <param name="Status"><c>available</c> (nothing uses it), <c>in-use</c>, <c>attaching</c>, <c>detaching</c>, <c>associated</c>.</param>
/// <param name="Description">Tells whose it is: <c>ELB app/k8s-…</c>, <c>Amazon EKS shop-production</c>, <c>aws-K8S-i-…</c>.</param>
/// <param name="RequesterManaged">Made by a service, which alone can delete it.</param>
internal sealed record NetworkInterface(
    string NetworkInterfaceId, string Status, string? Description, string? InterfaceType, string? SubnetId, bool RequesterManaged, ImmutableArray<string> Groups, ImmutableArray<AwsTag> Tags)
{
    public static NetworkInterface Read(XElement element) => new(
        element.Always("networkInterfaceId"),
        element.Always("status"),
        element.Text("description"),
        element.Text("interfaceType"),
        element.Text("subnetId"),
        element.Flag("requesterManaged"),
        element.Members("groupSet", group => group.Always("groupId")),
        Ec2Tags.Of(element));
}

internal sealed record SecurityGroup(string GroupId, string GroupName, string? Description, string? VpcId, ImmutableArray<AwsTag> Tags)
{
    public static SecurityGroup Read(XElement element) => new(
        element.Always("groupId"), element.Always("groupName"), element.Text("groupDescription"), element.Text("vpcId"), Ec2Tags.Of(element));
}

/// <param name="Protocol"><c>tcp</c>, <c>-1</c> for all.</param>
/// <param name="Source">Where it is from, or to: a CIDR, or a group's id.</param>
internal sealed record SecurityGroupRule(string SecurityGroupRuleId, string GroupId, bool IsEgress, string Protocol, int? FromPort, int? ToPort, string? Source)
{
    public static SecurityGroupRule Read(XElement element) => new(
        element.Always("securityGroupRuleId"),
        element.Always("groupId"),
        element.Flag("isEgress"),
        element.Always("ipProtocol"),
        element.Number("fromPort"),
        element.Number("toPort"),
        element.Text("cidrIpv4") ?? element.Text("cidrIpv6") ?? element.Text("prefixListId") ?? element.Child("referencedGroupInfo")?.Text("groupId"));
}

/// <param name="State"><c>creating</c>, <c>available</c>, <c>in-use</c>, <c>deleting</c>, <c>deleted</c>, <c>error</c>.</param>
/// <param name="Size">GiB.</param>
internal sealed record Volume(string VolumeId, string State, int? Size, string? VolumeType, string? AvailabilityZone, DateTimeOffset? CreateTime, ImmutableArray<string> Instances, ImmutableArray<AwsTag> Tags)
{
    public static Volume Read(XElement element) => new(
        element.Always("volumeId"),
        element.Always("status"),
        element.Number("size"),
        element.Text("volumeType"),
        element.Text("availabilityZone"),
        element.Time("createTime"),
        element.Members("attachmentSet", attachment => attachment.Always("instanceId")),
        Ec2Tags.Of(element));
}

internal sealed record Snapshot(string SnapshotId, string? VolumeId, string State, string? Description, DateTimeOffset? StartTime, ImmutableArray<AwsTag> Tags)
{
    public static Snapshot Read(XElement element) => new(
        element.Always("snapshotId"), element.Text("volumeId"), element.Always("status"), element.Text("description"), element.Time("startTime"), Ec2Tags.Of(element));
}

internal sealed record LaunchTemplate(string LaunchTemplateId, string LaunchTemplateName, ImmutableArray<AwsTag> Tags)
{
    public static LaunchTemplate Read(XElement element) => new(element.Always("launchTemplateId"), element.Always("launchTemplateName"), Ec2Tags.Of(element));
}

/// <param name="ServiceName">Such as <c>com.amazonaws.eu-west-1.s3</c>.</param>
/// <param name="State"><c>Pending</c>, <c>Available</c>, <c>Deleting</c>, <c>Deleted</c>, …; some regions write them small.</param>
internal sealed record VpcEndpoint(
    string VpcEndpointId, string VpcEndpointType, string? VpcId, string ServiceName, string State, bool RequesterManaged, ImmutableArray<string> NetworkInterfaceIds, ImmutableArray<AwsTag> Tags)
{
    public static VpcEndpoint Read(XElement element) => new(
        element.Always("vpcEndpointId"),
        element.Always("vpcEndpointType"),
        element.Text("vpcId"),
        element.Always("serviceName"),
        element.Always("state"),
        element.Flag("requesterManaged"),
        element.Texts("networkInterfaceIdSet"),
        Ec2Tags.Of(element));
}

internal sealed record UndeletedEndpoint(string ResourceId, string Code, string? Message)
{
    public static UndeletedEndpoint Read(XElement element) =>
        new(element.Always("resourceId"), element.Child("error")?.Text("code") ?? "", element.Child("error")?.Text("message"));
}

internal static class Ec2Tags
{
    public static ImmutableArray<AwsTag> Of(XElement element) => element.Members("tagSet", AwsTag.ReadOfEc2);
}
