using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Apis;

/// <summary>
/// With the fault <c>leftovers</c>: what the controllers of a cluster made and did not take away. It is there from the moment that the cluster is
/// active, belongs to no stack, and holds the network.
/// </summary>
internal static class ClusterLeftovers
{
    private const string Planted = "LeftoversPlanted";

    /// <summary>Adds them to each active cluster that has none yet.</summary>
    public static void Plant(SimulatedAccount account)
    {
        if (!account.Faults.Of<FaultRule.Leftovers>().Any())
        {
            return;
        }

        foreach (var cluster in account.Resources.All("AWS::EKS::Cluster").Where(cluster => cluster.State == "ACTIVE" && cluster.Attributes[Planted] is null))
        {
            var attributes = cluster.Attributes.DeepClone().AsObject();
            attributes[Planted] = true;
            account.Resources.Put(cluster with { Attributes = attributes });
            foreach (var resource in Of(account, cluster))
            {
                account.Resources.Put(resource);
            }
        }
    }

    private static IEnumerable<CloudResource> Of(SimulatedAccount account, CloudResource cluster)
    {
        var name = cluster.Id;
        var purpose = $"leftovers of {name}";
        var subnets = (cluster.Properties["ResourcesVpcConfig"]?["SubnetIds"] as JsonArray ?? []).Select(subnet => subnet?.ToString()).OfType<string>().ToList();
        var subnet = subnets.FirstOrDefault() ?? "";
        var vpc = account.Resources.Find("AWS::EC2::Subnet", subnet)?.Text("VpcId") ?? cluster.Text("VpcId") ?? "";
        var tags = CloudResource.EmptyTags.Add("eks:eks-cluster-name", name).Add($"kubernetes.io/cluster/{name}", "owned");
        var hash = account.Ids.Hex(16, purpose);
        var balancer = $"app/k8s-{Shortened(name)}-{hash[..10]}/{hash}";
        var balancerArn = account.Arn("elasticloadbalancing", $"loadbalancer/{balancer}");
        var group = $"sg-{account.Ids.Hex(17, purpose)}";
        var ingress = tags.Add("ingress.eks.amazonaws.com/stack", $"{name}/web");

        CloudResource Made(string type, string id, ImmutableSortedDictionary<string, string> own, JsonObject properties) =>
            new() { Type = type, Id = id, Arn = id.StartsWith("arn:", StringComparison.Ordinal) ? id : null, Tags = own, Properties = properties, CreatedAt = account.Now };

        yield return Made("AWS::ElasticLoadBalancingV2::LoadBalancer", balancerArn, ingress, new JsonObject
        {
            ["Name"] = balancer.Split('/')[1],
            ["Type"] = "application",
            ["Scheme"] = "internet-facing",
            ["VpcId"] = vpc,
            ["Subnets"] = new JsonArray([.. subnets.Select(one => (JsonNode?)JsonValue.Create(one))]),
            ["SecurityGroups"] = new JsonArray(group),
        }) with
        { State = "active" };
        yield return Made("AWS::ElasticLoadBalancingV2::TargetGroup", account.Arn("elasticloadbalancing", $"targetgroup/k8s-web-{hash[..10]}/{account.Ids.Hex(16, purpose)}"), ingress, new JsonObject
        {
            ["Name"] = $"k8s-web-{hash[..10]}",
            ["Protocol"] = "HTTP",
            ["Port"] = 8080,
            ["VpcId"] = vpc,
            ["TargetType"] = "ip",
        }) with
        { Attributes = new JsonObject { ["LoadBalancerArns"] = new JsonArray(balancerArn) } };
        yield return Made("AWS::EC2::SecurityGroup", group, ingress, new JsonObject
        {
            ["GroupName"] = $"k8s-{Shortened(name)}-{hash[..10]}",
            ["GroupDescription"] = $"[k8s] Managed SecurityGroup for LoadBalancer of {name}",
            ["VpcId"] = vpc,
            ["SecurityGroupIngress"] = new JsonArray(new JsonObject { ["IpProtocol"] = "tcp", ["FromPort"] = 443, ["ToPort"] = 443, ["CidrIp"] = "0.0.0.0/0" }),
        });
        yield return Made("AWS::EC2::NetworkInterface", $"eni-{account.Ids.Hex(17, purpose)}", CloudResource.EmptyTags, new JsonObject
        {
            ["Description"] = $"ELB {balancer}",
            ["SubnetId"] = subnet,
            ["GroupSet"] = new JsonArray(group),
        }) with
        { State = "in-use", Attributes = new JsonObject { ["VpcId"] = vpc, ["RequesterManaged"] = "true" } };
        yield return Made("AWS::EC2::NetworkInterface", $"eni-{account.Ids.Hex(17, purpose)}", tags, new JsonObject
        {
            ["Description"] = $"aws-K8S-i-{account.Ids.Hex(17, purpose)}",
            ["SubnetId"] = subnet,
            ["GroupSet"] = new JsonArray(group),
        }) with
        { State = "available", Attributes = new JsonObject { ["VpcId"] = vpc } };
        yield return Made("AWS::EC2::Volume", $"vol-{account.Ids.Hex(17, purpose)}", tags.Add("kubernetes.io/created-for/pvc/name", "data-postgres-0"), new JsonObject
        {
            ["Size"] = 20,
            ["VolumeType"] = "gp3",
            ["AvailabilityZone"] = account.Resources.Find("AWS::EC2::Subnet", subnet)?.Text("AvailabilityZone") ?? Zone.Of(account.Region)[0].Name,
        }) with
        { State = "available" };
    }

    private static string Shortened(string name) => name.Length > 8 ? name[..8].TrimEnd('-') : name;
}
