using System.Globalization;
using System.Xml.Linq;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>How EC2 tells of its resources.</summary>
internal static class Ec2Elements
{
    public static IEnumerable<XElement?> Vpc(CloudResource vpc) =>
    [
        Elements.Text("vpcId", vpc.Id),
        Elements.Text("state", "available"),
        Elements.Text("cidrBlock", vpc.Text("CidrBlock")),
        Elements.Items("cidrBlockAssociationSet", vpc.Texts("CidrBlock").AddRange(vpc.Texts("CidrBlocks")).Distinct(StringComparer.Ordinal), block =>
        [
            Elements.Text("cidrBlock", block),
            Elements.Structure("cidrBlockState", Elements.Text("state", "associated")),
        ]),
        Elements.Flag("isDefault", vpc.Text("IsDefault") == "true"),
        Tags(vpc),
    ];

    public static IEnumerable<XElement?> Address(CloudResource address) =>
    [
        Elements.Text("publicIp", address.Text("PublicIp") ?? address.Id),
        Elements.Text("allocationId", address.Text("AllocationId")),
        Elements.Text("associationId", address.Text("AssociationId")),
        Elements.Text("networkInterfaceId", address.Text("NetworkInterfaceId")),
        Elements.Text("domain", "vpc"),
        Tags(address),
    ];

    public static IEnumerable<XElement?> Instance(CloudResource instance) =>
    [
        Elements.Text("instanceId", instance.Id),
        Elements.Text("instanceType", instance.Text("InstanceType") ?? "m7g.large"),
        Elements.Structure("instanceState", Elements.Number("code", instance.State is "" or "running" ? 16 : 48), Elements.Text("name", instance.State is "" ? "running" : instance.State)),
        Elements.Structure("placement", Elements.Text("availabilityZone", instance.Text("AvailabilityZone"))),
        Elements.Text("instanceLifecycle", instance.Text("InstanceLifecycle")),
        Elements.Time("launchTime", instance.CreatedAt),
        Elements.Text("subnetId", instance.Text("SubnetId")),
        Tags(instance),
    ];

    public static IEnumerable<XElement?> NetworkInterface(SimulatedAccount account, CloudResource one) =>
    [
        Elements.Text("networkInterfaceId", one.Id),
        Elements.Text("subnetId", one.Text("SubnetId")),
        Elements.Text("vpcId", Network.VpcOf(account, one)),
        Elements.Text("description", one.Text("Description")),
        Elements.Text("status", one.State is "" ? "available" : one.State),
        Elements.Text("interfaceType", one.Text("InterfaceType") ?? "interface"),
        Elements.Flag("requesterManaged", one.Text("RequesterManaged") == "true"),
        Elements.Items("groupSet", Network.GroupsOf(one), group => [Elements.Text("groupId", group)]),
        Tags(one),
    ];

    public static IEnumerable<XElement?> SecurityGroup(CloudResource group) =>
    [
        Elements.Text("groupId", group.Id),
        Elements.Text("groupName", group.Text("GroupName") ?? group.Id),
        Elements.Text("groupDescription", group.Text("GroupDescription") ?? group.Text("Description")),
        Elements.Text("vpcId", group.Text("VpcId")),
        Tags(group),
    ];

    public static IEnumerable<XElement?> Volume(CloudResource volume) =>
    [
        Elements.Text("volumeId", volume.Id),
        Elements.Text("status", volume.State is "" ? "available" : volume.State),
        Elements.Number("size", int.TryParse(volume.Text("Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 20),
        Elements.Text("volumeType", volume.Text("VolumeType") ?? "gp3"),
        Elements.Text("availabilityZone", volume.Text("AvailabilityZone")),
        Elements.Time("createTime", volume.CreatedAt),
        Elements.Items("attachmentSet", volume.Texts("InstanceId"), instance => [Elements.Text("instanceId", instance), Elements.Text("status", "attached")]),
        Tags(volume),
    ];

    public static IEnumerable<XElement?> Snapshot(CloudResource snapshot) =>
    [
        Elements.Text("snapshotId", snapshot.Id),
        Elements.Text("volumeId", snapshot.Text("VolumeId")),
        Elements.Text("status", snapshot.State is "" ? "completed" : snapshot.State),
        Elements.Text("description", snapshot.Text("Description")),
        Elements.Time("startTime", snapshot.CreatedAt),
        Tags(snapshot),
    ];

    public static IEnumerable<XElement?> LaunchTemplate(CloudResource template) =>
    [
        Elements.Text("launchTemplateId", template.Id),
        Elements.Text("launchTemplateName", template.Text("LaunchTemplateName") ?? template.Id),
        Elements.Time("createTime", template.CreatedAt),
        Tags(template),
    ];

    public static IEnumerable<XElement?> VpcEndpoint(CloudResource endpoint) =>
    [
        Elements.Text("vpcEndpointId", endpoint.Id),
        Elements.Text("vpcEndpointType", endpoint.Text("VpcEndpointType") ?? "Gateway"),
        Elements.Text("vpcId", endpoint.Text("VpcId")),
        Elements.Text("serviceName", endpoint.Text("ServiceName")),
        Elements.Text("state", endpoint.State is "" ? "available" : endpoint.State),
        Elements.Flag("requesterManaged", endpoint.Text("RequesterManaged") == "true"),
        new XElement("networkInterfaceIdSet", endpoint.Texts("NetworkInterfaceIds").Select(id => new XElement("item", id))),
        Tags(endpoint),
    ];

    private static XElement Tags(CloudResource resource) => Elements.Items("tagSet", resource.Tags, tag => [Elements.Text("key", tag.Key), Elements.Text("value", tag.Value)]);
}
