using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>The VPC, made or found.</summary>
internal sealed record NetworkSettings
{
    /// <summary>A /16. Default: 10.0.0.0/16 · 10.1.0.0/16 · 10.2.0.0/16.</summary>
    public required string Cidr { get; init; }

    public required Egress Egress { get; init; }

    /// <summary>0 to the number of zones; 0 unless <see cref="Egress"/> is <see cref="Egress.Nat"/>. Default: 1 · 1 · one a zone. Without meaning in a network that exists.</summary>
    public required int NatGateways { get; init; }

    public required FlowLogs FlowLogs { get; init; }

    /// <summary>Null: the tool makes the network.</summary>
    public ExistingNetwork? Existing { get; init; }

    /// <summary>The nodes of a network that the tool makes stand in its public subnets: the others have no way out then.</summary>
    public bool NodesArePublic => Existing is null && Egress == Egress.PublicNodes;
}

/// <summary>How nodes reach the outside.</summary>
internal enum Egress
{
    /// <summary>Private nodes behind NAT gateways.</summary>
    Nat,

    /// <summary>Nodes with public addresses and no NAT: cheap, for dev only.</summary>
    PublicNodes,

    /// <summary>Private nodes that reach AWS through interface endpoints and nothing else.</summary>
    Private,
}

internal enum FlowLogs
{
    None,

    /// <summary>Rejected traffic, to CloudWatch Logs. Default of staging.</summary>
    Reject,

    /// <summary>All traffic, to S3. Default of production.</summary>
    All,
}

/// <summary>A VPC that somebody else keeps. Subnet ids stand in the order of the zones.</summary>
internal sealed record ExistingNetwork(
    string VpcId,
    string Cidr,
    ImmutableArray<string> PublicSubnetIds,
    ImmutableArray<string> NodeSubnetIds,
    ImmutableArray<string> ControlPlaneSubnetIds);

/// <summary>The EKS cluster, made or found.</summary>
internal sealed record ClusterSettings
{
    /// <summary>Kubernetes version. Default: 1.36.</summary>
    public required string Version { get; init; }

    public required Compute Compute { get; init; }

    /// <summary>Of the Kubernetes API; private is always there. Default: public · public where <see cref="PublicAccessCidrs"/> has an entry, else private · private.</summary>
    public required EndpointAccess Endpoint { get; init; }

    /// <summary>Who reaches a public endpoint. Never 0.0.0.0/0. Empty where the endpoint is private, and in dev, where the caller's address is filled in when deploying.</summary>
    public required ImmutableArray<string> PublicAccessCidrs { get; init; }

    /// <summary>Preferred first. Default: arm64 · arm64 · arm64 and amd64.</summary>
    public required ImmutableArray<Architecture> Architectures { get; init; }

    public required Capacity Capacity { get; init; }

    public required SupportType Support { get; init; }

    /// <summary>Keeps room for one more node a zone, by pods that give way at once: pods of a sudden load do not wait for a node to boot. Costs those nodes. Default: false.</summary>
    public required bool Overprovision { get; init; }

    /// <summary>ARNs of roles that administer the cluster, beside the deployer.</summary>
    public required ImmutableArray<string> Administrators { get; init; }

    /// <summary>ARNs of roles of people who look: admin · admin view · view by profile.</summary>
    public required ImmutableArray<string> Operators { get; init; }

    /// <summary>Null: the tool makes the cluster. Where it is set, <see cref="NetworkSettings.Existing"/> is too.</summary>
    public ExistingCluster? Existing { get; init; }
}

internal enum Compute
{
    /// <summary>EKS Auto Mode.</summary>
    Auto,

    ManagedNodeGroups,
}

internal enum EndpointAccess
{
    Public,
    Private,
}

/// <summary>Written <c>amd64</c>, <c>arm64</c>, as Kubernetes and OCI do.</summary>
internal enum Architecture
{
    Amd64,
    Arm64,
}

/// <summary>Default: spot · on-demand · on-demand.</summary>
internal enum Capacity
{
    Spot,
    OnDemand,
}

internal enum SupportType
{
    Standard,
    Extended,
}

/// <param name="Name">Of the cluster, in the account and region of the environment.</param>
/// <param name="AutoMode">Whether it has Auto Mode's load balancing and storage classes.</param>
internal sealed record ExistingCluster(string Name, bool AutoMode);

internal sealed record RegistrySettings
{
    /// <summary>Host and path prefix of a registry that exists, such as <c>ghcr.io/owner</c>; null: ECR repositories of the registry stack.</summary>
    public string? Existing { get; init; }
}

/// <summary>How visitors come in.</summary>
internal sealed record EdgeSettings
{
    /// <summary>DNS name of the application; null: the load balancer's own name.</summary>
    public string? Domain { get; init; }

    /// <summary>Route 53 zone of the domain: makes the certificate and the record.</summary>
    public string? HostedZoneId { get; init; }

    /// <summary>A certificate that exists; used instead of one of our own.</summary>
    public string? CertificateArn { get; init; }

    /// <summary>Serves plain HTTP. Default: true · false · false; without it and without TLS nothing external is rendered.</summary>
    public required bool AllowHttp { get; init; }

    /// <summary>Whether the load balancer is reachable from the internet. Default: true.</summary>
    public required bool InternetFacing { get; init; }

    /// <summary>Who reaches it. Default: everyone.</summary>
    public required ImmutableArray<string> InboundCidrs { get; init; }

    /// <summary>Web application firewall. Default: false · false · true.</summary>
    public required bool Waf { get; init; }

    /// <summary>Access logs and deletion protection of the load balancer. Default: false · false · true.</summary>
    public required bool Protection { get; init; }
}

/// <summary>Who watches and who pays.</summary>
internal sealed record OperationsSettings
{
    /// <summary>A bastion without inbound ports, reached by SSM. Default: true where the endpoint is private.</summary>
    public required bool Bastion { get; init; }

    /// <summary>Alarms of the load balancer. Default: false · true · true.</summary>
    public required bool Alarms { get; init; }

    /// <summary>Who gets alarms and the budget's notices; null: nobody.</summary>
    public string? Email { get; init; }

    /// <summary>US dollars a month; null: no budget.</summary>
    public int? MonthlyBudget { get; init; }

    /// <summary>The Prometheus, Grafana and Loki stack in the cluster, and telemetry of every project sent to it. Default: true.</summary>
    public required bool Observability { get; init; }

    /// <summary>Days that logs are kept. Default: 7 · 30 · 365.</summary>
    public required int LogRetentionDays { get; init; }
}

/// <summary>The repository whose workflows may plan and deploy. Null repository: no OIDC trust is made.</summary>
internal sealed record GitHubSettings
{
    /// <summary><c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>Digits; together with <see cref="RepositoryId"/> adds the subject form of repositories made after July 2026.</summary>
    public string? OwnerId { get; init; }

    public string? RepositoryId { get; init; }
}

/// <summary>Argo CD.</summary>
internal sealed record GitOpsSettings
{
    /// <summary>URL of the repository that the rendered files are committed to; null: a placeholder in the Application.</summary>
    public string? Repository { get; init; }

    /// <summary>Folder of the rendered files in it. Default: <c>deploy</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Default: <c>main</c>.</summary>
    public required string Revision { get; init; }

    /// <summary>Syncs by itself. Default: true · true · false.</summary>
    public required bool AutoSync { get; init; }
}
