using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>What belongs to a cluster.</summary>
internal static class ClusterPartTypes
{
    public const string AccessEntry = "AWS::EKS::AccessEntry";
    public const string Addon = "AWS::EKS::Addon";
    public const string PodIdentity = "AWS::EKS::PodIdentityAssociation";
    public const string Nodegroup = "AWS::EKS::Nodegroup";
    public const string Capability = "AWS::EKS::Capability";
    public const string Instance = "AWS::EC2::Instance";

    private static readonly ImmutableArray<string> Parts = [AccessEntry, Addon, PodIdentity, Nodegroup, Capability];

    public static readonly ImmutableArray<ResourceType> All =
    [
        Part(AccessEntry) with
        {
            Id = work => $"{work.Text("PrincipalArn")}|{work.Text("ClusterName")}",
            Arn = work => work.Account.Arn("eks", $"access-entry/{work.Text("ClusterName")}/role/{work.Account.Id}/{work.Text("PrincipalArn", "").Split('/')[^1]}/{work.Account.Ids.Guid(work.Purpose)}"),
            AttributeNames = ["AccessEntryArn"],
            Attributes = work => new JsonObject { ["AccessEntryArn"] = work.Resource?.Arn },
            CreateOnly = ["ClusterName", "PrincipalArn", "Type"],
            Times = TypeTimes.Seconds(4, 4, 3),
        },
        Part(Addon) with
        {
            Id = work => $"{work.Text("ClusterName")}|{work.Text("AddonName")}",
            Arn = work => work.Account.Arn("eks", $"addon/{work.Text("ClusterName")}/{work.Text("AddonName")}/{work.Account.Ids.Guid(work.Purpose)}"),
            AttributeNames = ["Arn"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn },
            CreateOnly = ["ClusterName", "AddonName"],
            Times = TypeTimes.Seconds(65, 60, 20),
            States = TypeStates.Active,
        },
        Part(PodIdentity) with
        {
            Id = work => work.Account.Arn("eks", $"podidentityassociation/{work.Text("ClusterName")}/a-{work.Account.Ids.Hex(17, work.Purpose)}"),
            Arn = work => work.Id,
            AttributeNames = ["AssociationArn", "AssociationId", "ExternalId"],
            Attributes = work => new JsonObject { ["AssociationArn"] = work.Id, ["AssociationId"] = work.Id.Split('/')[^1] },
            CreateOnly = ["ClusterName", "Namespace", "ServiceAccount"],
            Times = TypeTimes.Seconds(6, 5, 3),
        },
        Part(Nodegroup) with
        {
            Id = work => $"{work.Text("ClusterName")}/{work.NameOr("NodegroupName", 63)}",
            Arn = work => work.Account.Arn("eks", $"nodegroup/{work.Id}/{work.Account.Ids.Guid(work.Purpose)}"),
            AttributeNames = ["Arn", "ClusterName", "Id", "NodegroupName"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn, ["ClusterName"] = work.Text("ClusterName"), ["Id"] = work.Id, ["NodegroupName"] = work.Id.Split('/')[^1] },
            CreateOnly = ["AmiType", "CapacityType", "ClusterName", "DiskSize", "InstanceTypes", "NodeRole", "NodegroupName", "RemoteAccess", "Subnets"],
            Times = TypeTimes.Seconds(150, 180, 200),
            States = TypeStates.Active,
            OnReady = AddNodes,
            OnGone = work => Remove(work.Store, NodesOf(work.Store, work.Id)),
        },
        Part(Capability) with
        {
            Id = work => work.Account.Arn("eks", $"capability/{work.Text("ClusterName")}/{work.Text("Type", "").ToLowerInvariant()}/{work.Text("CapabilityName")}/{work.Account.Ids.Guid(work.Purpose)}"),
            Arn = work => work.Id,
            AttributeNames = ["Arn", "CreatedAt", "ModifiedAt", "Status", "Version"],
            Attributes = work => new JsonObject { ["Arn"] = work.Id },
            CreateOnly = ["ClusterName", "CapabilityName", "Type"],
            Times = TypeTimes.Seconds(180, 60, 90),
            States = TypeStates.Active,
        },
    ];

    public static IEnumerable<CloudResource> NodegroupsOf(ResourceStore store, string cluster) => store.All(Nodegroup).Where(group => group.Text("ClusterName") == cluster);

    public static IEnumerable<CloudResource> PartsOf(ResourceStore store, string cluster) => Parts.SelectMany(store.All).Where(part => part.Text("ClusterName") == cluster);

    private static ResourceType Part(string name) => new()
    {
        Name = name,
        Id = _ => "",
        Required = ["ClusterName"],
        RefusesCreation = work => work.Text("ClusterName") is { } cluster && work.Store.Find(ClusterTypes.Cluster, cluster) is null
            ? Refusal.Final($"No cluster found for name: {cluster}. (Service: Eks, Status Code: 404)") with { Code = "NotFound" }
            : null,
    };

    private static IEnumerable<CloudResource> NodesOf(ResourceStore store, string nodegroup) =>
        store.All(Instance).Concat(store.All(NetworkUse.Interface)).Where(part => part.Attributes["Nodegroup"].AsScalar() == nodegroup);

    private static void Remove(ResourceStore store, IEnumerable<CloudResource> parts)
    {
        foreach (var part in parts.ToList())
        {
            store.Remove(part.Type, part.Id);
        }
    }

    private static void AddNodes(ResourceWork work)
    {
        var subnets = work.Texts("Subnets");
        var cluster = work.Text("ClusterName", "");
        var group = work.Store.Find(ClusterTypes.Cluster, cluster)?.Text("ClusterSecurityGroupId") ?? "";
        for (var index = 0; index < (work.Properties.At("ScalingConfig.DesiredSize").AsNumber() ?? 0) && subnets.Length > 0; index++)
        {
            var id = work.Ec2Id("i");
            var card = Interfaces.In(work, work.Ec2Id("eni"), subnets[index % subnets.Length], $"aws-K8S-{id}", "interface", [group], publicIp: null);
            var attributes = (JsonObject)card.Attributes.DeepClone();
            attributes["Nodegroup"] = work.Id;
            work.Plant(card with { Attributes = attributes });
            work.Plant(new CloudResource
            {
                Type = Instance,
                Id = id,
                Arn = work.Account.Arn("ec2", $"instance/{id}"),
                Properties = new JsonObject { ["InstanceType"] = work.Texts("InstanceTypes").FirstOrDefault() ?? "t3.medium", ["SubnetId"] = subnets[index % subnets.Length] },
                Attributes = new JsonObject { ["Nodegroup"] = work.Id, ["AvailabilityZone"] = card.Text("AvailabilityZone"), ["VpcId"] = card.Text("VpcId") },
                Tags = CloudResource.EmptyTags.SetItems([
                    KeyValuePair.Create("eks:cluster-name", cluster), KeyValuePair.Create("eks:nodegroup-name", work.Id.Split('/')[^1]),
                    KeyValuePair.Create($"kubernetes.io/cluster/{cluster}", "owned")]),
                State = "running",
            });
        }
    }
}
