using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>EKS's clusters.</summary>
internal static class ClusterTypes
{
    public const string Cluster = "AWS::EKS::Cluster";

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Cluster,
            Id = work => work.NameOr("Name", 100),
            Arn = work => work.Account.Arn("eks", $"cluster/{work.Id}"),
            AttributeNames = ["Arn", "CertificateAuthorityData", "ClusterSecurityGroupId", "EncryptionConfigKeyArn", "Endpoint", "Id", "KubernetesNetworkConfig.ServiceIpv6Cidr", "OpenIdConnectIssuerUrl"],
            Attributes = work => new JsonObject
            {
                ["Arn"] = work.Resource?.Arn,
                ["Id"] = work.Account.Ids.Guid($"{work.Purpose}/id"),
                ["Name"] = work.Id,
                ["VpcId"] = work.Texts("ResourcesVpcConfig.SubnetIds").Select(subnet => NetworkUse.VpcOf(work.Store, subnet)).FirstOrDefault(),
            },
            Required = ["RoleArn", "ResourcesVpcConfig"],
            CreateOnly =
            [
                "Name", "RoleArn", "EncryptionConfig", "OutpostConfig", "KubernetesNetworkConfig.IpFamily", "KubernetesNetworkConfig.ServiceIpv4Cidr",
                "AccessConfig.BootstrapClusterCreatorAdminPermissions", "BootstrapSelfManagedAddons",
            ],
            Times = new TypeTimes(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4)),
            States = TypeStates.Active,
            RefusesCreation = Refuses,
            RefusesDeletion = work =>
                work.Properties["DeletionProtection"].IsTrue() ? Refusal.Final($"Cluster {work.Id} has deletion protection enabled and cannot be deleted. Disable it first. (Service: Eks, Status Code: 400)")
                : ClusterPartTypes.NodegroupsOf(work.Store, work.Id).Any() ? Refusal.Final("Cluster has nodegroups attached (Service: Eks, Status Code: 409)") with { Code = "ResourceConflict" }
                : ClusterEffects.UpdatesOf(work).Any(update => update.State == "InProgress") ? Refusal.Passing($"Cannot delete because cluster {work.Id} currently has an update in progress (Service: Eks, Status Code: 409)")
                : null,
            OnReady = ClusterEffects.Ready,
            OnChanged = ClusterEffects.Changed,
            OnSettled = ClusterEffects.Settled,
            OnGone = ClusterEffects.Gone,
        },
    ];

    private static Refusal? Refuses(ResourceWork work)
    {
        if (work.Store.All(Cluster).Count() >= (work.Account.Faults.Quota("cluster") ?? 100))
        {
            return Refusal.Final("Cluster limit exceeded (Service: Eks, Status Code: 400)") with { Code = "ServiceLimitExceeded" };
        }

        var zones = work.Texts("ResourcesVpcConfig.SubnetIds").Select(subnet => work.Store.Find(VpcTypes.Subnet, subnet)?.Text("AvailabilityZone")).Distinct().Count();
        return zones < 2 ? Refusal.Final("Subnets specified must be in at least two different AZs (Service: Eks, Status Code: 400)")
            : work.Store.ByArn(work.Text("RoleArn", "")) is null ? Refusal.Final($"Role with arn: {work.Text("RoleArn")}, could not be assumed because it does not exist (Service: Eks, Status Code: 400)")
            : null;
    }
}
