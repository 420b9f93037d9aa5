using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>How EKS tells of its resources.</summary>
internal static class EksShapes
{
    public static JsonObject Cluster(CloudResource cluster)
    {
        var isThere = cluster.State is not ("CREATING" or "PENDING" or "FAILED");
        var network = Member(cluster.Properties, "KubernetesNetworkConfig");
        var access = Member(cluster.Properties, "AccessConfig");
        var compute = Member(cluster.Properties, "ComputeConfig");
        return AwsJson.WithoutNulls(new JsonObject
        {
            ["name"] = cluster.Id,
            ["arn"] = cluster.Arn,
            ["createdAt"] = AwsJson.Time(cluster.CreatedAt),
            ["version"] = cluster.Text("Version") ?? KubernetesRelease.All[^1].Version,
            ["platformVersion"] = "eks.4",
            ["status"] = cluster.State is "" ? "ACTIVE" : cluster.State,
            ["roleArn"] = cluster.Text("RoleArn"),
            ["endpoint"] = isThere ? cluster.Text("Endpoint") : null,
            ["certificateAuthority"] = isThere ? new JsonObject { ["data"] = cluster.Text("CertificateAuthorityData") ?? Certificate } : new JsonObject(),
            ["resourcesVpcConfig"] = VpcConfig(cluster),
            ["kubernetesNetworkConfig"] = AwsJson.WithoutNulls(new JsonObject
            {
                ["serviceIpv4Cidr"] = Text(network, "ServiceIpv4Cidr") ?? "172.20.0.0/16",
                ["serviceIpv6Cidr"] = Text(network, "ServiceIpv6Cidr"),
                ["ipFamily"] = Text(network, "IpFamily") ?? "ipv4",
                ["elasticLoadBalancing"] = new JsonObject { ["enabled"] = Flag(Member(network, "ElasticLoadBalancing"), "Enabled") },
            }),
            ["identity"] = isThere && cluster.Text("OpenIdConnectIssuerUrl") is { } issuer ? new JsonObject { ["oidc"] = new JsonObject { ["issuer"] = issuer } } : null,
            ["accessConfig"] = new JsonObject
            {
                ["authenticationMode"] = Text(access, "AuthenticationMode") ?? "CONFIG_MAP",
                ["bootstrapClusterCreatorAdminPermissions"] = access["BootstrapClusterCreatorAdminPermissions"] is null || Flag(access, "BootstrapClusterCreatorAdminPermissions"),
            },
            ["computeConfig"] = AwsJson.WithoutNulls(new JsonObject
            {
                ["enabled"] = Flag(compute, "Enabled"),
                ["nodePools"] = AwsJson.Texts(Texts(compute, "NodePools")),
                ["nodeRoleArn"] = Text(compute, "NodeRoleArn"),
            }),
            ["upgradePolicy"] = new JsonObject { ["supportType"] = Text(Member(cluster.Properties, "UpgradePolicy"), "SupportType") ?? "EXTENDED" },
            ["health"] = new JsonObject { ["issues"] = cluster.Attributes["HealthIssues"]?.DeepClone() ?? new JsonArray() },
            ["deletionProtection"] = Flag(cluster.Properties, "DeletionProtection"),
            ["encryptionConfig"] = EncryptionConfig(cluster),
            ["tags"] = AwsJson.TagMap(cluster.Tags),
        });
    }

    public static JsonObject Update(CloudResource update) => new()
    {
        ["id"] = update.Id,
        ["status"] = update.State is "" ? "Successful" : update.State,
        ["type"] = update.Text("Type") ?? "ConfigUpdate",
        ["createdAt"] = AwsJson.Time(update.CreatedAt),
        ["errors"] = update.Attributes["Errors"]?.DeepClone() ?? new JsonArray(),
    };

    public static JsonObject Addon(CloudResource addon) => AwsJson.WithoutNulls(new JsonObject
    {
        ["addonName"] = addon.Text("AddonName"),
        ["clusterName"] = addon.Text("ClusterName"),
        ["status"] = addon.State is "" ? "ACTIVE" : addon.State,
        ["addonVersion"] = addon.Text("AddonVersion"),
        ["addonArn"] = addon.Arn,
        ["createdAt"] = AwsJson.Time(addon.CreatedAt),
        ["modifiedAt"] = AwsJson.Time(addon.CreatedAt),
        ["health"] = new JsonObject { ["issues"] = addon.Attributes["HealthIssues"]?.DeepClone() ?? new JsonArray() },
        ["tags"] = AwsJson.TagMap(addon.Tags),
    });

    public static JsonObject AccessEntry(CloudResource entry) => AwsJson.WithoutNulls(new JsonObject
    {
        ["clusterName"] = entry.Text("ClusterName"),
        ["principalArn"] = entry.Text("PrincipalArn"),
        ["accessEntryArn"] = entry.Text("AccessEntryArn") ?? entry.Arn,
        ["type"] = entry.Text("Type") ?? "STANDARD",
        ["username"] = entry.Text("Username") ?? entry.Text("PrincipalArn"),
        ["kubernetesGroups"] = AwsJson.Texts(entry.Texts("KubernetesGroups")),
        ["createdAt"] = AwsJson.Time(entry.CreatedAt),
        ["tags"] = AwsJson.TagMap(entry.Tags),
    });

    public static JsonObject Insight(CloudResource cluster, DateTimeOffset now) => new()
    {
        ["id"] = "00000000-0000-4000-8000-000000000001",
        ["name"] = "Deprecated APIs removed in the next Kubernetes version",
        ["category"] = "UPGRADE_READINESS",
        ["kubernetesVersion"] = cluster.Text("Version"),
        ["description"] = "Checks for usage of deprecated APIs that are scheduled for removal.",
        ["lastRefreshTime"] = AwsJson.Time(now),
        ["lastTransitionTime"] = AwsJson.Time(cluster.CreatedAt),
        ["insightStatus"] = new JsonObject { ["status"] = "PASSING", ["reason"] = "No deprecated API usage detected within the last 30 days." },
    };

    // Of nobody, but of the shape of one: base64 of PEM.
    private static string Certificate { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes(
        $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(Encoding.ASCII.GetBytes("of a simulated cluster"))}\n-----END CERTIFICATE-----\n"));

    private static JsonObject VpcConfig(CloudResource cluster)
    {
        var config = Member(cluster.Properties, "ResourcesVpcConfig");
        return AwsJson.WithoutNulls(new JsonObject
        {
            ["vpcId"] = cluster.Text("VpcId"),
            ["clusterSecurityGroupId"] = cluster.Text("ClusterSecurityGroupId"),
            ["subnetIds"] = AwsJson.Texts(Texts(config, "SubnetIds")),
            ["securityGroupIds"] = AwsJson.Texts(Texts(config, "SecurityGroupIds")),
            ["endpointPublicAccess"] = config["EndpointPublicAccess"] is null || Flag(config, "EndpointPublicAccess"),
            ["endpointPrivateAccess"] = Flag(config, "EndpointPrivateAccess"),
            ["publicAccessCidrs"] = AwsJson.Texts(config["PublicAccessCidrs"] is JsonArray { Count: > 0 } ? Texts(config, "PublicAccessCidrs") : ["0.0.0.0/0"]),
        });
    }

    private static JsonArray EncryptionConfig(CloudResource cluster) =>
        [.. (cluster.Properties["EncryptionConfig"] as JsonArray ?? []).OfType<JsonObject>().Select(JsonNode? (config) => new JsonObject
        {
            ["resources"] = AwsJson.Texts(Texts(config, "Resources")),
            ["provider"] = AwsJson.WithoutNulls(new JsonObject { ["keyArn"] = Text(Member(config, "Provider"), "KeyArn") }),
        })];

    private static JsonObject Member(JsonObject parent, string name) => parent[name] as JsonObject ?? [];

    private static string? Text(JsonObject parent, string name) => parent[name] is JsonValue value ? value.ToString() : null;

    private static bool Flag(JsonObject parent, string name) => string.Equals(Text(parent, name), "true", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Texts(JsonObject parent, string name) => (parent[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString());
}
