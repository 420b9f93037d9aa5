using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>What the controllers of a cluster made and nobody deleted: the fault <c>leftovers</c>.</summary>
internal static class KubernetesLeftovers
{
    public const string LoadBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    public const string TargetGroup = "AWS::ElasticLoadBalancingV2::TargetGroup";
    public const string Volume = "AWS::EC2::Volume";

    public static void Plant(ResourceWork work, CloudResource clusterGroup)
    {
        var cluster = work.Id;
        var vpc = work.Resource?.Attributes["VpcId"].AsScalar() ?? "";
        var tags = CloudResource.EmptyTags.Add("eks:eks-cluster-name", cluster);
        var subnets = work.Store.All(VpcTypes.Subnet).Where(subnet => subnet.Text("VpcId") == vpc && subnet.Tags.ContainsKey("kubernetes.io/role/elb")).ToList();
        var group = AddGroup(work, vpc, tags.Add("ingress.eks.amazonaws.com/resource", "ManagedLBSecurityGroup"));

        var name = $"k8s-{cluster[..Math.Min(cluster.Length, 12)]}-web-{work.Account.Ids.Hex(10, $"{work.Purpose}/alb")}";
        var hash = work.Account.Ids.Hex(16, $"{work.Purpose}/alb");
        var arn = work.Account.Arn("elasticloadbalancing", $"loadbalancer/app/{name}/{hash}");
        work.Plant(new CloudResource
        {
            Type = LoadBalancer,
            Id = arn,
            Arn = arn,
            Properties = new JsonObject
            {
                ["Name"] = name,
                ["Scheme"] = "internet-facing",
                ["Type"] = "application",
                ["Subnets"] = new JsonArray([.. subnets.Select(subnet => JsonText.Text(subnet.Id))]),
                ["SecurityGroups"] = new JsonArray(group.Id),
            },
            Attributes = new JsonObject { ["DNSName"] = $"{name}-1.{work.Account.Region}.elb.amazonaws.com", ["CanonicalHostedZoneID"] = "Z35SXDOTRQ7X7K", ["VpcId"] = vpc },
            Tags = tags.Add("ingress.eks.amazonaws.com/stack", "shop/web"),
            State = "active",
        });

        var target = work.Account.Arn("elasticloadbalancing", $"targetgroup/k8s-web-{work.Account.Ids.Hex(10, $"{work.Purpose}/tg")}/{work.Account.Ids.Hex(16, $"{work.Purpose}/tg")}");
        work.Plant(new CloudResource
        {
            Type = TargetGroup,
            Id = target,
            Arn = target,
            Properties = new JsonObject { ["Name"] = target.Split('/')[1], ["Port"] = 8080, ["Protocol"] = "HTTP", ["TargetType"] = "ip", ["VpcId"] = vpc },
            Attributes = new JsonObject { ["LoadBalancerArns"] = new JsonArray(arn), ["VpcId"] = vpc },
            Tags = tags,
        });

        foreach (var subnet in subnets)
        {
            var card = Interfaces.In(work, work.Ec2Id("eni"), subnet.Id, $"ELB app/{name}/{hash}", "interface", [group.Id], RoutingTypes.PublicIp(work));
            work.Plant(card);
        }

        AddDetachedInterface(work, clusterGroup, tags);
        AddVolume(work, tags);
    }

    // Of a node that is gone; nothing uses it.
    private static void AddDetachedInterface(ResourceWork work, CloudResource clusterGroup, System.Collections.Immutable.ImmutableSortedDictionary<string, string> tags)
    {
        var subnet = work.Texts("ResourcesVpcConfig.SubnetIds").FirstOrDefault() ?? "";
        var card = Interfaces.In(work, work.Ec2Id("eni"), subnet, "aws-K8S-i-0123456789abcdef0", "interface", [clusterGroup.Id], publicIp: null);
        var attributes = (JsonObject)card.Attributes.DeepClone();
        attributes["RequesterManaged"] = false;
        work.Plant(card with { State = "available", Tags = tags, Attributes = attributes });
    }

    private static void AddVolume(ResourceWork work, System.Collections.Immutable.ImmutableSortedDictionary<string, string> tags)
    {
        var id = work.Ec2Id("vol");
        work.Plant(new CloudResource
        {
            Type = Volume,
            Id = id,
            Arn = work.Account.Arn("ec2", $"volume/{id}"),
            Properties = new JsonObject { ["AvailabilityZone"] = $"{work.Account.Region}a", ["Size"] = 8, ["VolumeType"] = "gp3", ["Encrypted"] = true },
            Tags = tags.Add("kubernetes.io/created-for/pvc/name", "data-db-0").Add("kubernetes.io/created-for/pvc/namespace", "shop"),
            State = "available",
        });
    }

    private static CloudResource AddGroup(ResourceWork work, string vpc, System.Collections.Immutable.ImmutableSortedDictionary<string, string> tags)
    {
        var id = work.Ec2Id("sg");
        var name = $"k8s-web-{work.Account.Ids.Hex(10, $"{work.Purpose}/k8s")}";
        return work.Plant(new CloudResource
        {
            Type = VpcTypes.SecurityGroup,
            Id = id,
            Arn = work.Account.Arn("ec2", $"security-group/{id}"),
            Properties = new JsonObject { ["GroupName"] = name, ["GroupDescription"] = "[k8s] Managed SecurityGroup for LoadBalancer", ["VpcId"] = vpc },
            Attributes = new JsonObject { ["GroupId"] = id, ["VpcId"] = vpc, ["GroupName"] = name },
            Tags = tags,
        });
    }
}
