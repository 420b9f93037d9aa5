using System.Text.Json.Serialization;

namespace Platform.Deploy.Aws;

/// <summary>A cluster as DescribeCluster tells of it.</summary>
internal sealed record Cluster
{
    public string Name { get; set; } = "";

    public string Arn { get; set; } = "";

    /// <summary><c>CREATING</c>, <c>ACTIVE</c>, <c>DELETING</c>, <c>FAILED</c>, <c>UPDATING</c>, <c>PENDING</c>.</summary>
    public string Status { get; set; } = "";

    /// <summary>Of Kubernetes: <c>1.34</c>.</summary>
    public string? Version { get; set; }

    public string? PlatformVersion { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Of its API; null while it is being created.</summary>
    public string? Endpoint { get; set; }

    public ClusterCertificate? CertificateAuthority { get; set; }

    public string? RoleArn { get; set; }

    public ClusterNetwork? ResourcesVpcConfig { get; set; }

    public ClusterKubernetesNetwork? KubernetesNetworkConfig { get; set; }

    public ClusterIdentity? Identity { get; set; }

    public ClusterAccess? AccessConfig { get; set; }

    public ClusterCompute? ComputeConfig { get; set; }

    public ClusterUpgradePolicy? UpgradePolicy { get; set; }

    public ClusterHealth? Health { get; set; }

    public bool DeletionProtection { get; set; }

    public IReadOnlyList<ClusterEncryption> EncryptionConfig { get; set; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();
}

/// <summary><c>Data</c>: base64 of PEM.</summary>
internal sealed record ClusterCertificate
{
    public string Data { get; set; } = "";
}

internal sealed record ClusterNetwork
{
    public string? VpcId { get; set; }

    public string? ClusterSecurityGroupId { get; set; }

    public IReadOnlyList<string> SubnetIds { get; set; } = [];

    public IReadOnlyList<string> SecurityGroupIds { get; set; } = [];

    public bool EndpointPublicAccess { get; set; }

    public bool EndpointPrivateAccess { get; set; }

    public IReadOnlyList<string> PublicAccessCidrs { get; set; } = [];
}

internal sealed record ClusterKubernetesNetwork
{
    public string? ServiceIpv4Cidr { get; set; }

    public string? ServiceIpv6Cidr { get; set; }

    public string? IpFamily { get; set; }

    public Switch? ElasticLoadBalancing { get; set; }
}

internal sealed record Switch
{
    public bool Enabled { get; set; }
}

internal sealed record ClusterIdentity
{
    public ClusterIssuer? Oidc { get; set; }
}

internal sealed record ClusterIssuer
{
    public string? Issuer { get; set; }
}

internal sealed record ClusterAccess
{
    public string? AuthenticationMode { get; set; }

    public bool? BootstrapClusterCreatorAdminPermissions { get; set; }
}

/// <summary>Auto Mode.</summary>
internal sealed record ClusterCompute
{
    public bool Enabled { get; set; }

    public IReadOnlyList<string> NodePools { get; set; } = [];

    public string? NodeRoleArn { get; set; }
}

internal sealed record ClusterUpgradePolicy
{
    public string? SupportType { get; set; }
}

internal sealed record ClusterEncryption
{
    public IReadOnlyList<string> Resources { get; set; } = [];

    public ClusterEncryptionKey? Provider { get; set; }
}

internal sealed record ClusterEncryptionKey
{
    public string? KeyArn { get; set; }
}

internal sealed record ClusterHealth
{
    public IReadOnlyList<HealthIssue> Issues { get; set; } = [];
}

/// <summary>Of a cluster or an addon. <c>Code</c>: such as <c>InsufficientFreeAddresses</c>.</summary>
internal sealed record HealthIssue
{
    public string Code { get; set; } = "";

    public string Message { get; set; } = "";

    public IReadOnlyList<string> ResourceIds { get; set; } = [];
}

internal sealed record ClusterVersion
{
    [JsonPropertyName("clusterVersion")]
    public string Version { get; set; } = "";

    public string? ClusterType { get; set; }

    public string? DefaultPlatformVersion { get; set; }

    /// <summary>What a cluster gets whose template says none.</summary>
    public bool DefaultVersion { get; set; }

    /// <summary><c>STANDARD_SUPPORT</c>, <c>EXTENDED_SUPPORT</c>, <c>UNSUPPORTED</c>.</summary>
    public string VersionStatus { get; set; } = "";

    public DateTimeOffset? ReleaseDate { get; set; }

    public DateTimeOffset? EndOfStandardSupportDate { get; set; }

    public DateTimeOffset? EndOfExtendedSupportDate { get; set; }
}

internal sealed record ClusterUpdate
{
    public string Id { get; set; } = "";

    /// <summary><c>InProgress</c>, <c>Failed</c>, <c>Cancelled</c>, <c>Successful</c>.</summary>
    public string Status { get; set; } = "";

    public string Type { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; set; }

    public IReadOnlyList<UpdateError> Errors { get; set; } = [];
}

internal sealed record UpdateError
{
    public string ErrorCode { get; set; } = "";

    public string ErrorMessage { get; set; } = "";

    public IReadOnlyList<string> ResourceIds { get; set; } = [];
}

internal sealed record Addon
{
    public string AddonName { get; set; } = "";

    public string ClusterName { get; set; } = "";

    /// <summary><c>CREATING</c>, <c>ACTIVE</c>, <c>CREATE_FAILED</c>, <c>UPDATING</c>, <c>DELETING</c>, <c>DELETE_FAILED</c>, <c>DEGRADED</c>, <c>UPDATE_FAILED</c>.</summary>
    public string Status { get; set; } = "";

    public string? AddonVersion { get; set; }

    public string? AddonArn { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? ModifiedAt { get; set; }

    public ClusterHealth? Health { get; set; }
}

internal sealed record AccessEntry
{
    public string PrincipalArn { get; set; } = "";

    public string? AccessEntryArn { get; set; }

    /// <summary><c>STANDARD</c>, <c>EC2</c>, …</summary>
    public string? Type { get; set; }

    public string? Username { get; set; }

    public IReadOnlyList<string> KubernetesGroups { get; set; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();
}

internal sealed record Insight
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Category { get; set; } = "";

    public string? KubernetesVersion { get; set; }

    public string? Description { get; set; }

    public DateTimeOffset? LastRefreshTime { get; set; }

    public InsightStatus? InsightStatus { get; set; }
}

internal sealed record InsightStatus
{
    /// <summary><c>PASSING</c>, <c>WARNING</c>, <c>ERROR</c>, <c>UNKNOWN</c>.</summary>
    public string Status { get; set; } = "";

    public string? Reason { get; set; }
}

internal sealed record ListInsightsRequest(InsightsFilter Filter, string? NextToken);

internal sealed record DescribeClusterResponse
{
    public Cluster? Cluster { get; set; }
}

internal sealed record ListClustersResponse
{
    public IReadOnlyList<string> Clusters { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record DescribeClusterVersionsResponse
{
    public IReadOnlyList<ClusterVersion> ClusterVersions { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record ListUpdatesResponse
{
    public IReadOnlyList<string> UpdateIds { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record DescribeUpdateResponse
{
    public ClusterUpdate? Update { get; set; }
}

internal sealed record ListAddonsResponse
{
    public IReadOnlyList<string> Addons { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record DescribeAddonResponse
{
    public Addon? Addon { get; set; }
}

internal sealed record ListNodegroupsResponse
{
    public IReadOnlyList<string> Nodegroups { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record ListAccessEntriesResponse
{
    public IReadOnlyList<string> AccessEntries { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record DescribeAccessEntryResponse
{
    public AccessEntry? AccessEntry { get; set; }
}

internal sealed record ListInsightsResponse
{
    public IReadOnlyList<Insight> Insights { get; set; } = [];

    public string? NextToken { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSecondsConverter)])]
[JsonSerializable(typeof(DescribeClusterResponse))]
[JsonSerializable(typeof(ListClustersResponse))]
[JsonSerializable(typeof(DescribeClusterVersionsResponse))]
[JsonSerializable(typeof(ListUpdatesResponse))]
[JsonSerializable(typeof(DescribeUpdateResponse))]
[JsonSerializable(typeof(ListAddonsResponse))]
[JsonSerializable(typeof(DescribeAddonResponse))]
[JsonSerializable(typeof(ListNodegroupsResponse))]
[JsonSerializable(typeof(ListAccessEntriesResponse))]
[JsonSerializable(typeof(DescribeAccessEntryResponse))]
[JsonSerializable(typeof(ListInsightsRequest))]
[JsonSerializable(typeof(ListInsightsResponse))]
internal sealed partial class EksJson : JsonSerializerContext;
