using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>The nodes of a cluster without Auto Mode, a group an architecture, on Bottlerocket.</summary>
internal static class NodeGroups
{
    private const string LaunchTemplateId = "NodeLaunchTemplate";

    // Of Bottlerocket: the system, which is read-only, and what images and pods write.
    private const string SystemDevice = "/dev/xvda";
    private const string DataDevice = "/dev/xvdb";
    private const int SystemGiB = 4;

    /// <param name="dependsOn">Add-ons without which a node does not become ready.</param>
    public static ImmutableArray<Resource> Of(DeploymentModel model, ImmutableArray<string> dependsOn) =>
    [
        new Resource(LaunchTemplateId, LaunchTemplate(model)),
        .. model.Settings.Cluster.Architectures.Select(architecture => Group(model, architecture, dependsOn)),
    ];

    private static LaunchTemplate LaunchTemplate(DeploymentModel model) => new()
    {
        MetadataOptions = MetadataOptions.Strict,
        BlockDeviceMappings =
        [
            new BlockDevice(SystemDevice, SystemGiB),
            new BlockDevice(DataDevice, model.Settings.Profile switch { Profile.Dev => 20, Profile.Staging => 40, _ => 80 }),
        ],
        Monitoring = true,
        InstanceTags = Tags.OfInstances(model, "node"),
    };

    // What is create-only is hashed into the id and the group has no name of its own: a change makes the new group before it deletes the old one.
    private static Resource Group(DeploymentModel model, Architecture architecture, ImmutableArray<string> dependsOn)
    {
        var capacity = model.Settings.Cluster.Capacity == Capacity.Spot ? "SPOT" : "ON_DEMAND";
        var types = InstanceTypes(architecture, model.Settings.Profile);
        var (name, ami) = architecture == Architecture.Arm64 ? ("NodeGroupArm", "BOTTLEROCKET_ARM_64") : ("NodeGroupAmd", "BOTTLEROCKET_x86_64");
        var zones = model.Settings.AvailabilityZones.Length;
        var created = string.Create(CultureInfo.InvariantCulture, $"{ami} {capacity} {string.Join(' ', types)} {model.Settings.Network.Egress}");
        return new Resource(name + Names.Hash(created).ToUpperInvariant(), new Nodegroup
        {
            ClusterName = new CfnValue.Ref("Cluster"),
            NodeRole = new CfnValue.ImportValue(model.Names.Export("NodeRoleArn")),
            Subnets = Network.SubnetIdsOfNodes(model),
            AmiType = ami,
            CapacityType = capacity,
            InstanceTypes = new CfnValue.List([.. types.Select(type => new CfnValue.Text(type))]),
            ScalingConfig = model.Settings.Profile switch
            {
                Profile.Dev => new NodegroupScaling(1, 1, 3),
                Profile.Staging => new NodegroupScaling(zones, zones, 6),
                _ => new NodegroupScaling(zones, zones, 30),
            },
            UpdateConfig = new NodegroupUpdate(33),
            NodeRepairConfig = new NodeRepairConfig(Enabled: true),
            LaunchTemplate = new NodegroupLaunchTemplate(new CfnValue.Ref(LaunchTemplateId), new CfnValue.GetAtt(LaunchTemplateId, "LatestVersionNumber")),
            ForceUpdateEnabled = false,
        })
        { DependsOn = dependsOn };
    }

    // Three of one size, so that spot capacity and a scarce type have somewhere to go.
    private static ImmutableArray<string> InstanceTypes(Architecture architecture, Profile profile) => (architecture, profile) switch
    {
        (Architecture.Arm64, Profile.Dev) => ["t4g.medium", "c6g.large", "c7g.large"],
        (Architecture.Arm64, Profile.Staging) => ["m6g.large", "m7g.large", "m8g.large"],
        (Architecture.Arm64, _) => ["m6g.xlarge", "m7g.xlarge", "m8g.xlarge"],
        (_, Profile.Dev) => ["t3.medium", "t3a.medium", "c6i.large"],
        (_, Profile.Staging) => ["m6a.large", "m6i.large", "m7i.large"],
        _ => ["m6a.xlarge", "m6i.xlarge", "m7i.xlarge"],
    };
}
