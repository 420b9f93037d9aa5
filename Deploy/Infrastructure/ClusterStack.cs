using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>The EKS cluster and who may enter it.</summary>
internal static class ClusterStack
{
    public const string ShortName = "cluster";

    private const string PublicAccessCidrs = "PublicAccessCidrs";

    public static StackTemplate Render(DeploymentModel model)
    {
        var settings = model.Settings.Cluster;
        // Nobody said who reaches the endpoint: whoever deploys.
        var asks = settings.Endpoint == EndpointAccess.Public && settings.PublicAccessCidrs.IsEmpty;
        var before = settings.Compute == Compute.Auto ? [] : EksAddons.BeforeNodes(model);
        var nodeGroups = settings.Compute == Compute.Auto ? [] : NodeGroups.Of(model, [.. before.Select(addon => addon.LogicalId)]);
        ImmutableArray<EksAddon> addons =
        [
            .. before,
            .. settings.Compute == Compute.Auto ? [] : EksAddons.OnNodes(model, [.. nodeGroups.Where(node => node.Properties is Nodegroup).Select(node => node.LogicalId)]),
        ];
        var template = new Template($"EKS cluster {model.Names.Cluster}")
        {
            Parameters =
            [
                .. asks ? [new TemplateParameter(PublicAccessCidrs, "CommaDelimitedList", "Who reaches the public endpoint of the cluster", Default: null)] : ImmutableArray<TemplateParameter>.Empty,
                .. addons.Select(addon => addon.Parameter),
            ],
            Resources =
            [
                new Resource("Cluster", Properties(model, asks)),
                .. ClusterAccess.Of(model),
                .. nodeGroups,
                .. addons.Select(addon => addon.Resource(new CfnValue.Ref("Cluster"))),
            ],
            Outputs =
            [
                Output.Exported(model, "ClusterName", "Name of the cluster", new CfnValue.Ref("Cluster")),
                Output.Exported(model, StackOutput.ClusterSecurityGroupId.Output, "The security group that EKS makes, of control plane and nodes", Attribute("ClusterSecurityGroupId")),
                Output.Exported(model, "ClusterEndpoint", "Address of the Kubernetes API", Attribute("Endpoint")),
                Output.Exported(model, "OidcIssuerUrl", "Issuer of the tokens of service accounts", Attribute("OpenIdConnectIssuerUrl")),
            ],
        };
        return StackAssembly.Of(
            model,
            ShortName,
            StackScope.Environment,
            template,
            [
                .. asks ? [new StackParameter(PublicAccessCidrs, new ParameterValue.CallerCidr())] : ImmutableArray<StackParameter>.Empty,
                .. addons.Select(addon => addon.Passed),
            ]);
    }

    private static CfnValue.GetAtt Attribute(string name) => new("Cluster", name);

    private static Cluster Properties(DeploymentModel model, bool asksForCidrs)
    {
        var settings = model.Settings.Cluster;
        var profile = model.Settings.Profile;
        var autoMode = settings.Compute == Compute.Auto;
        return new Cluster
        {
            Name = model.Names.Cluster,
            Version = settings.Version,
            RoleArn = new CfnValue.ImportValue(model.Names.Export("ClusterRoleArn")),
            ResourcesVpcConfig = new ResourcesVpcConfig(
                Network.ControlPlaneSubnetIds(model),
                EndpointPrivateAccess: true,
                EndpointPublicAccess: settings.Endpoint == EndpointAccess.Public,
                asksForCidrs ? new CfnValue.Ref(PublicAccessCidrs) : settings.Endpoint == EndpointAccess.Public ? CfnValue.Texts(settings.PublicAccessCidrs) : null),
            KubernetesNetworkConfig = new KubernetesNetworkConfig("ipv4", SubnetPlan.ServiceCidr, ElasticLoadBalancing: autoMode),
            ComputeConfig = new ComputeConfig(autoMode),
            StorageConfig = new StorageConfig(autoMode),
            BootstrapSelfManagedAddons = false,
            AccessConfig = new AccessConfig("API", BootstrapClusterCreatorAdminPermissions: false),
            EncryptionConfig = profile == Profile.Dev ? [] : [new ClusterEncryption(new CfnValue.ImportValue(model.Names.Export("SecretsKeyArn")))],
            Logging = profile switch
            {
                Profile.Dev => new ClusterLogging("audit", "authenticator"),
                Profile.Staging => new ClusterLogging("api", "audit", "authenticator"),
                _ => new ClusterLogging("api", "audit", "authenticator", "controllerManager", "scheduler"),
            },
            UpgradePolicy = new UpgradePolicy(settings.Support == SupportType.Extended ? "EXTENDED" : "STANDARD"),
            ZonalShiftConfig = new ZonalShiftConfig(profile == Profile.Production),
            DeletionProtection = profile == Profile.Production,
            ControlPlaneScalingConfig = profile == Profile.Production ? new ControlPlaneScalingConfig("standard") : null,
        };
    }
}
