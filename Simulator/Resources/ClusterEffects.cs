using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>What a cluster brings, and what it leaves behind.</summary>
internal static class ClusterEffects
{
    private const string Update = "AWS::EKS::Update";

    // CloudWatch gets the last lines of a control plane after it is gone.
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(90);

    public static void Ready(ResourceWork work)
    {
        var id = work.Account.Ids.Hex(32, $"{work.Purpose}/oidc").ToUpperInvariant();
        var group = AddGroup(work);
        work.Know(new JsonObject
        {
            ["Endpoint"] = $"https://{id}.gr7.{work.Account.Region}.eks.amazonaws.com",
            ["CertificateAuthorityData"] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{id}\n-----END CERTIFICATE-----\n")),
            ["OpenIdConnectIssuerUrl"] = $"https://oidc.eks.{work.Account.Region}.amazonaws.com/id/{id}",
            ["ClusterSecurityGroupId"] = group.Id,
            ["EncryptionConfigKeyArn"] = (work.Properties["EncryptionConfig"] as JsonArray)?.FirstOrDefault().At("Provider.KeyArn").AsScalar() ?? "",
            ["KubernetesNetworkConfig.ServiceIpv6Cidr"] = "",
            ["Version"] = work.Text("Version"),
        });
        foreach (var subnet in work.Texts("ResourcesVpcConfig.SubnetIds"))
        {
            work.Plant(Interfaces.In(work, work.Ec2Id("eni"), subnet, $"Amazon EKS {work.Id}", "interface", [group.Id], publicIp: null));
        }

        EnsureLogGroup(work);
    }

    /// <summary>EKS keeps a record of each change; a cluster cannot be deleted while one is under way.</summary>
    public static void Changed(ResourceWork work)
    {
        EnsureLogGroup(work);
        var version = work.Text("Version");
        var isUpgrade = work.Resource?.Attributes["Version"].AsScalar() is { } before && before != version;
        work.Know(new JsonObject { ["Version"] = version });
        work.Plant(new CloudResource
        {
            Type = Update,
            Id = work.Account.Ids.Guid($"{work.Purpose}/update"),
            Properties = new JsonObject { ["ClusterName"] = work.Id, ["Type"] = isUpgrade ? "VersionUpdate" : "ConfigUpdate" },
            State = "InProgress",
        });
    }

    public static void Settled(ResourceWork work)
    {
        foreach (var update in UpdatesOf(work).Where(update => update.State == "InProgress"))
        {
            work.Store.Put(update with { State = "Successful" });
        }
    }

    public static IEnumerable<CloudResource> UpdatesOf(ResourceWork work) => work.Store.All(Update).Where(update => update.Text("ClusterName") == work.Id);

    public static void Gone(ResourceWork work)
    {
        foreach (var part in ClusterPartTypes.PartsOf(work.Store, work.Id).Concat(UpdatesOf(work)))
        {
            work.Store.Remove(part.Type, part.Id);
        }

        if (HasLogs(work))
        {
            work.Aftermath.LogGroupReturns(LogGroupOf(work.Id), LastLines);
        }

        // Without its role EKS cannot take away what it made.
        if (work.Store.ByArn(work.Text("RoleArn", "")) is null)
        {
            return;
        }

        foreach (var card in work.Store.All(NetworkUse.Interface).Where(card => card.Text("Description") == $"Amazon EKS {work.Id}"))
        {
            work.Store.Remove(card.Type, card.Id);
        }

        var group = work.Resource?.Attributes["ClusterSecurityGroupId"].AsScalar() ?? "";
        if (!NetworkUse.IsGroupUsed(work.Store, group))
        {
            work.Store.Remove(VpcTypes.SecurityGroup, group);
        }
    }

    public static string LogGroupOf(string cluster) => $"/aws/eks/{cluster}/cluster";

    private static void EnsureLogGroup(ResourceWork work)
    {
        if (HasLogs(work) && work.Store.Find(StorageTypes.LogGroup, LogGroupOf(work.Id)) is null)
        {
            work.Store.Add(StorageTypes.LogGroupOfService(work.Account, LogGroupOf(work.Id)));
        }
    }

    private static bool HasLogs(ResourceWork work) => work.Properties.At("Logging.ClusterLogging.EnabledTypes") is JsonArray { Count: > 0 };

    private static CloudResource AddGroup(ResourceWork work)
    {
        var id = work.Ec2Id("sg");
        var name = $"eks-cluster-sg-{work.Id}-{Convert.ToUInt32(work.Account.Ids.Hex(7, $"{work.Purpose}/sg"), 16)}";
        var vpc = work.Resource?.Attributes["VpcId"].AsScalar();
        return work.Plant(new CloudResource
        {
            Type = VpcTypes.SecurityGroup,
            Id = id,
            Arn = work.Account.Arn("ec2", $"security-group/{id}"),
            Properties = new JsonObject
            {
                ["GroupName"] = name,
                ["GroupDescription"] = "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
                ["VpcId"] = vpc,
            },
            Attributes = new JsonObject { ["GroupId"] = id, ["VpcId"] = vpc, ["GroupName"] = name },
            Tags = CloudResource.EmptyTags.SetItems([
                KeyValuePair.Create("Name", name), KeyValuePair.Create("aws:eks:cluster-name", work.Id), KeyValuePair.Create($"kubernetes.io/cluster/{work.Id}", "owned")]),
        });
    }
}
