using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <summary>Create-only, so that another value is another cluster: name, role, encryption, service addresses, the creator's permissions.</summary>
internal sealed record Cluster : ResourceProperties
{
    public override string Type => "AWS::EKS::Cluster";

    public required CfnValue Name { get; init; }

    public required CfnValue Version { get; init; }

    public required CfnValue RoleArn { get; init; }

    public required ResourcesVpcConfig ResourcesVpcConfig { get; init; }

    public required KubernetesNetworkConfig KubernetesNetworkConfig { get; init; }

    /// <summary>Auto Mode; it and its companions in <see cref="KubernetesNetworkConfig"/> and <see cref="StorageConfig"/> are switched together.</summary>
    public required ComputeConfig ComputeConfig { get; init; }

    public required StorageConfig StorageConfig { get; init; }

    public required CfnValue BootstrapSelfManagedAddons { get; init; }

    public required AccessConfig AccessConfig { get; init; }

    public ImmutableArray<ClusterEncryption> EncryptionConfig { get; init; } = [];

    public required ClusterLogging Logging { get; init; }

    public required UpgradePolicy UpgradePolicy { get; init; }

    public required ZonalShiftConfig ZonalShiftConfig { get; init; }

    public required CfnValue DeletionProtection { get; init; }

    public ControlPlaneScalingConfig? ControlPlaneScalingConfig { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Name), Name),
        (nameof(Version), Version),
        (nameof(RoleArn), RoleArn),
        (nameof(ResourcesVpcConfig), ResourcesVpcConfig),
        (nameof(KubernetesNetworkConfig), KubernetesNetworkConfig),
        (nameof(ComputeConfig), ComputeConfig),
        (nameof(StorageConfig), StorageConfig),
        (nameof(BootstrapSelfManagedAddons), BootstrapSelfManagedAddons),
        (nameof(AccessConfig), AccessConfig),
        (nameof(EncryptionConfig), CfnValue.Each(EncryptionConfig)),
        (nameof(Logging), Logging),
        (nameof(UpgradePolicy), UpgradePolicy),
        (nameof(ZonalShiftConfig), ZonalShiftConfig),
        (nameof(DeletionProtection), DeletionProtection),
        (nameof(ControlPlaneScalingConfig), ControlPlaneScalingConfig));
}

internal sealed record ResourcesVpcConfig(CfnValue SubnetIds, CfnValue EndpointPrivateAccess, CfnValue EndpointPublicAccess, CfnValue? PublicAccessCidrs) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(SubnetIds), SubnetIds),
        (nameof(EndpointPrivateAccess), EndpointPrivateAccess),
        (nameof(EndpointPublicAccess), EndpointPublicAccess),
        (nameof(PublicAccessCidrs), PublicAccessCidrs));
}

internal sealed record KubernetesNetworkConfig(CfnValue IpFamily, CfnValue ServiceIpv4Cidr, CfnValue ElasticLoadBalancing) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(IpFamily), IpFamily),
        (nameof(ServiceIpv4Cidr), ServiceIpv4Cidr),
        (nameof(ElasticLoadBalancing), CfnValue.Map.Of(("Enabled", ElasticLoadBalancing))));
}

internal sealed record ComputeConfig(CfnValue Enabled) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Enabled), Enabled));
}

internal sealed record StorageConfig(CfnValue BlockStorage) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(BlockStorage), CfnValue.Map.Of(("Enabled", BlockStorage))));
}

internal sealed record AccessConfig(CfnValue AuthenticationMode, CfnValue BootstrapClusterCreatorAdminPermissions) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(AuthenticationMode), AuthenticationMode),
        (nameof(BootstrapClusterCreatorAdminPermissions), BootstrapClusterCreatorAdminPermissions));
}

internal sealed record ClusterEncryption(CfnValue KeyArn) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(("Provider", CfnValue.Map.Of((nameof(KeyArn), KeyArn))), ("Resources", CfnValue.List.Of("secrets")));
}

/// <param name="EnabledTypes">Such as <c>audit</c>.</param>
internal sealed record ClusterLogging(params ImmutableArray<string> EnabledTypes) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(("ClusterLogging", CfnValue.Map.Of(
        (nameof(EnabledTypes), new CfnValue.List([.. EnabledTypes.Select(type => CfnValue.Map.Of(("Type", type)))])))));
}

internal sealed record UpgradePolicy(CfnValue SupportType) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(SupportType), SupportType));
}

internal sealed record ZonalShiftConfig(CfnValue Enabled) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Enabled), Enabled));
}

internal sealed record ControlPlaneScalingConfig(CfnValue Tier) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Tier), Tier));
}

/// <summary>Lets a role into the cluster. One a principal; another <see cref="Type"/> for the same one fails, as the old entry still exists.</summary>
internal sealed record AccessEntry : ResourceProperties
{
    public override string Type => "AWS::EKS::AccessEntry";

    public required CfnValue ClusterName { get; init; }

    public required CfnValue PrincipalArn { get; init; }

    /// <summary><c>STANDARD</c>, or <c>EC2</c> for the nodes of Auto Mode.</summary>
    public required CfnValue EntryType { get; init; }

    /// <summary>Groups that role bindings in the cluster name.</summary>
    public ImmutableArray<string> KubernetesGroups { get; init; } = [];

    public ImmutableArray<AccessPolicy> AccessPolicies { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(ClusterName), ClusterName),
        (nameof(PrincipalArn), PrincipalArn),
        (nameof(KubernetesGroups), CfnValue.Texts(KubernetesGroups)),
        ("Type", EntryType),
        (nameof(AccessPolicies), CfnValue.Each(AccessPolicies)));
}

/// <param name="PolicyArn">One of EKS's.</param>
/// <param name="Namespaces">Where it holds; empty: in the whole cluster.</param>
internal sealed record AccessPolicy(CfnValue PolicyArn, params ImmutableArray<string> Namespaces) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(PolicyArn), PolicyArn),
        ("AccessScope", CfnValue.Map.Of(("Type", Namespaces.IsEmpty ? "cluster" : "namespace"), (nameof(Namespaces), CfnValue.Texts(Namespaces)))));
}

internal sealed record Addon : ResourceProperties
{
    public override string Type => "AWS::EKS::Addon";

    public required CfnValue ClusterName { get; init; }

    public required CfnValue AddonName { get; init; }

    public required CfnValue AddonVersion { get; init; }

    public required CfnValue ResolveConflicts { get; init; }

    public required CfnValue PreserveOnDelete { get; init; }

    /// <summary>JSON as text.</summary>
    public CfnValue? ConfigurationValues { get; init; }

    public ImmutableArray<AddonPodIdentity> PodIdentityAssociations { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(ClusterName), ClusterName),
        (nameof(AddonName), AddonName),
        (nameof(AddonVersion), AddonVersion),
        (nameof(ResolveConflicts), ResolveConflicts),
        (nameof(PreserveOnDelete), PreserveOnDelete),
        (nameof(ConfigurationValues), ConfigurationValues),
        (nameof(PodIdentityAssociations), CfnValue.Each(PodIdentityAssociations)));
}

internal sealed record AddonPodIdentity(CfnValue ServiceAccount, CfnValue RoleArn) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(ServiceAccount), ServiceAccount), (nameof(RoleArn), RoleArn));
}

internal sealed record PodIdentityAssociation : ResourceProperties
{
    public override string Type => "AWS::EKS::PodIdentityAssociation";

    public required CfnValue ClusterName { get; init; }

    public required CfnValue Namespace { get; init; }

    public required CfnValue ServiceAccount { get; init; }

    public required CfnValue RoleArn { get; init; }

    /// <summary>The trust of the roles compares session tags, so they are on.</summary>
    public required CfnValue DisableSessionTags { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(ClusterName), ClusterName),
        (nameof(Namespace), Namespace),
        (nameof(ServiceAccount), ServiceAccount),
        (nameof(RoleArn), RoleArn),
        (nameof(DisableSessionTags), DisableSessionTags));
}
