using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

/// <summary>Settings that are each right and do not go together.</summary>
public sealed class ConflictTests
{
    private const string Network =
        "network.existing={\"vpcId\":\"vpc-0123456789abcdef0\",\"cidr\":\"10.20.0.0/20\",\"publicSubnetIds\":[\"subnet-00000001\",\"subnet-00000002\"],"
        + "\"nodeSubnetIds\":[\"subnet-00000003\",\"subnet-00000004\"],\"controlPlaneSubnetIds\":[\"subnet-00000005\",\"subnet-00000006\"]}";

    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

    /// <summary>Each case with an environment and what is set.</summary>
    private static readonly (string Environment, string[] Set)[] Refused =
    [
        ("dev", ["region=us-eats-1"]),
        ("dev", ["region=moon-base-1"]),
        ("dev", ["region=mo-base-1"]),
        ("dev", ["availabilityZones=us-east-1a"]),
        ("dev", ["availabilityZones="]),
        ("production", ["availabilityZones=us-east-1a,us-east-1b,us-east-1c,us-east-1d"]),
        ("dev", ["availabilityZones=us-east-1a,eu-west-1b"]),
        ("dev", ["network.egress=private", "network.natGateways=1"]),
        ("dev", ["network.natGateways=0"]),
        ("dev", ["network.natGateways=3"]),
        ("staging", ["network.egress=public-nodes"]),
        ("production", ["network.egress=public-nodes"]),
        ("dev", ["network.egress=private", "images.mirror=false"]),
        ("dev", ["network.egress=private", "registry.existing=ghcr.io/owner"]),
        ("dev", ["cluster.publicAccessCidrs=0.0.0.0/0"]),
        ("production", ["cluster.publicAccessCidrs=203.0.113.0/24"]),
        ("production", ["cluster.endpoint=public"]),
        ("dev", ["cluster.existing.autoMode=true", Network]),
        ("dev", ["cluster.existing.name=shared"]),
        ("dev", ["network.existing.vpcId=vpc-0123456789abcdef0"]),
        ("dev", [Network, "network.existing.nodeSubnetIds=subnet-00000003"]),
        ("dev", [Network, "network.existing.publicSubnetIds="]),
        ("production", ["edge.domain=shop.example.com"]),
        ("dev", ["edge.domain=shop.example.com"]),
        ("dev", ["edge.hostedZoneId=Z0123456789ABCDEFGHIJ"]),
        ("dev", ["edge.certificateArn=" + Certificate, "region=eu-central-1"]),
        ("dev", ["edge.certificateArn=" + Certificate, "account=210987654321"]),
        ("dev", ["gitHub.repository=octocat/shop", "gitHub.ownerId=1"]),
        ("dev", ["gitHub.repository=octocat/shop", "gitHub.repositoryId=1"]),
        ("dev", ["gitHub.ownerId=1", "gitHub.repositoryId=2"]),
        ("dev", ["resources.blobs.substitute.connectionStringSecret=shop/blobs", "resources.blobs.substitute.externalUrl=https://blobs.example.com"]),
        ("dev", ["resources.web.replicas.min=3", "resources.web.replicas.max=2"]),
        ("dev", ["resources.web.size.cpuRequest=1.5", "resources.web.size.cpuLimit=1000m"]),
        ("dev", ["resources.web.size.memoryRequest=1Gi", "resources.web.size.memoryLimit=1000M"]),
        ("dev", ["resources.web.liveness.disabled=true", "resources.web.liveness.periodSeconds=3"]),
        ("dev", ["resources.web.startup.failureThreshold=90"]),
    ];

    private static readonly (string Environment, string[] Set)[] Accepted =
    [
        ("dev", ["region=mo-base-1", "availabilityZones=mo-base-1a,mo-base-1b"]),
        ("dev", ["network.egress=public-nodes"]),
        ("production", ["network.egress=private"]),
        ("production", ["network.egress=private", "registry.existing=123456789012.dkr.ecr.us-east-1.amazonaws.com/team"]),
        ("production", ["network.natGateways=1"]),
        ("production", ["cluster.endpoint=public", "cluster.publicAccessCidrs=203.0.113.0/24"]),
        ("production", ["cluster.compute=managed-node-groups", "cluster.support=extended", "cluster.capacity=spot"]),
        ("dev", [Network]),
        ("dev", [Network, "network.existing.publicSubnetIds=", "edge.internetFacing=false"]),
        ("dev", ["cluster.existing.name=shared", "network.existing={\"vpcId\":\"vpc-01234567\",\"cidr\":\"10.20.0.0/20\",\"publicSubnetIds\":[\"subnet-00000001\",\"subnet-00000002\"]}"]),
        ("staging", ["registry.existing=ghcr.io/owner"]),
        ("staging", ["registry.existing=localhost:5000"]),
        ("staging", ["registry.existing=registry.example.com:5000/team/shop"]),
        ("production", ["edge.domain=shop.example.com", "edge.certificateArn=" + Certificate]),
        ("production", ["edge.domain=shop.example.com", "edge.allowHttp=true"]),
        ("production", ["operations.email=team@example.com", "operations.monthlyBudget=500", "operations.bastion=false"]),
        ("production", ["gitHub.repository=octocat/shop", "gitHub.ownerId=1", "gitHub.repositoryId=2"]),
        ("dev", ["gitOps.repository=git@github.com:owner/shop.git"]),
        ("dev", ["resources.db.substitute.externalUrl=tcp://db.example.com:5432"]),
        ("dev", ["resources.web.startup.path=/alive", "resources.web.startup.failureThreshold=90", "resources.web.liveness.disabled=true", "resources.web.readiness.port=8080"]),
    ];

    [Fact]
    public void Every_conflict_says_what_where_and_the_cure()
    {
        var texts = Refused.Select(one => $"{one.Environment}: {string.Join(' ', one.Set)}\n\n{Written.Text(Problems(one))}\n");

        Golden.Matches(string.Concat(texts), "settings-conflicts.txt");
    }

    [Fact]
    public void Every_option_of_the_design_can_be_chosen()
    {
        var refused = Accepted.SelectMany(Problems);

        Assert.Equal("", Written.Text(refused));
    }

    [Fact]
    public void A_conflict_between_layers_names_where_it_was_written()
    {
        var input = Written.File("{\n  \"resources\": { \"web\": { \"replicas\": { \"min\": 4 } } }\n}").WithFlags("resources.web.replicas.max=2");

        var problem = Assert.Single(SettingsReader.Read(input).Problems);

        Assert.Equal("resources.web.replicas.min (environments/dev.json:2)", problem.Subject);
    }

    private static IEnumerable<Problem> Problems((string Environment, string[] Set) one) =>
        SettingsReader.Read(Written.Nothing(one.Environment).WithFlags(one.Set)).Problems;
}
