using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>Models for every option that changes a template, each in all profiles.</summary>
internal static class Variants
{
    private static readonly ImmutableSortedDictionary<string, Func<DeploymentModel, DeploymentModel>> Options = new Dictionary<string, Func<DeploymentModel, DeploymentModel>>
    {
        [""] = model => model,
        ["managed-node-groups"] = model => Cluster(model, cluster => cluster with { Compute = Compute.ManagedNodeGroups, Architectures = [Architecture.Arm64, Architecture.Amd64] }),
        ["private-egress"] = model => Network(model, network => network with { Egress = Egress.Private, NatGateways = 0 }),
        ["public-nodes"] = model => Network(model, network => network with { Egress = Egress.PublicNodes, NatGateways = 0 }),
        ["one-nat-gateway"] = model => Network(model, network => network with { NatGateways = 1 }),
        ["existing-network"] = model => Network(model, network => network with
        {
            Existing = new ExistingNetwork("vpc-0123456789abcdef0", "172.16.0.0/16", Subnets(model, "a"), Subnets(model, "b"), Subnets(model, "c")),
        }),
        ["existing-cluster"] = model => Network(Cluster(model, cluster => cluster with { Existing = new ExistingCluster("company", AutoMode: true) }), network => network with
        {
            Existing = new ExistingNetwork("vpc-0123456789abcdef0", "172.16.0.0/16", Subnets(model, "a"), Subnets(model, "b"), Subnets(model, "c")),
        }),
        ["existing-registry"] = model => model with { Settings = model.Settings with { Registry = new RegistrySettings { Existing = "ghcr.io/acme" }, Images = model.Settings.Images with { Mirror = false } } },
        ["mirror"] = model => model with { Settings = model.Settings with { Images = model.Settings.Images with { Mirror = true } } },
        ["no-domain"] = model => model with
        {
            Settings = model.Settings with { Edge = model.Settings.Edge with { Domain = null, HostedZoneId = null, AllowHttp = true } },
            Ingresses = [.. model.Ingresses.Select(ingress => ingress with { Tls = false, Certificate = null })],
        },
        ["domain"] = WithDomain,
        ["existing-certificate"] = model => WithCertificate(WithDomain(model), "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d"),
        ["no-ingress"] = model => model with { Ingresses = [] },
        ["github"] = model => model with { Settings = model.Settings with { GitHub = new GitHubSettings { Repository = "acme/shop", OwnerId = "1234", RepositoryId = "567890" } } },
        ["people"] = model => Cluster(model, cluster => cluster with
        {
            Administrators = ["arn:aws:iam::123456789012:role/admins"],
            Operators = ["arn:aws:iam::123456789012:role/watchers", "arn:aws:iam::123456789012:role/admins"],
        }),
        ["public-endpoint"] = model => Cluster(model, cluster => cluster with { Endpoint = EndpointAccess.Public, PublicAccessCidrs = ["198.51.100.0/24", "203.0.113.7/32"] }),
        ["caller-endpoint"] = model => Cluster(model, cluster => cluster with { Endpoint = EndpointAccess.Public, PublicAccessCidrs = [] }),
        ["private-endpoint"] = model => Operations(
            Cluster(model, cluster => cluster with { Endpoint = EndpointAccess.Private, PublicAccessCidrs = [] }), operations => operations with { Bastion = true }),
        ["extended-support"] = model => Cluster(model, cluster => cluster with { Support = SupportType.Extended }),
        ["no-flow-logs"] = model => Network(model, network => network with { FlowLogs = FlowLogs.None }),
        ["no-observability"] = model => Operations(model, operations => operations with { Observability = false }),
        ["email-and-budget"] = model => Operations(model, operations => operations with { Alarms = true, Email = "ops@example.com", MonthlyBudget = 500 }),
        ["no-secrets"] = model => model with { Secrets = [], Workloads = [.. model.Workloads.Select(workload => workload with { Secrets = [], Role = null, Volumes = [] })] },
        ["encoded-secret"] = model => model with
        {
            Secrets =
            [
                new SecretModel("given", $"shop/{model.Settings.Environment}/given", "GivenSecret", new SecretOrigin.Given("Of the bank")),
                new SecretModel("given-uri", $"shop/{model.Settings.Environment}/given-uri", "GivenSecretUri", new SecretOrigin.Encoded("given")),
                .. model.Secrets,
            ],
        },
        ["aws-policies"] = model => model with
        {
            Workloads = [.. model.Workloads.Select(workload => workload.Role is { } role ? workload with { Role = role with { ManagedPolicies = ["arn:aws:iam::123456789012:policy/orders-queue"] } } : workload)],
        },
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<Profile> Profiles = [Profile.Dev, Profile.Staging, Profile.Production];

    /// <summary>Such as <c>dev</c>, <c>production+mirror</c>.</summary>
    public static TheoryData<string> Names => [.. All.Select(variant => variant.Name)];

    /// <summary>Every option in the profile that it is most at home in: what the others make of it is checked by rules.</summary>
    public static TheoryData<string> Shown =>
    [
        .. from variant in All
           let parts = variant.Name.Split('+')
           where parts.Length == 1 || parts[0] == AtHome.GetValueOrDefault(parts[1], "production")
           select variant.Name,
    ];

    private static readonly ImmutableDictionary<string, string> AtHome = ImmutableDictionary<string, string>.Empty
        .Add("caller-endpoint", "dev").Add("domain", "dev").Add("mirror", "dev").Add("private-endpoint", "dev").Add("public-nodes", "dev");

    /// <summary>Nodes with public addresses are for dev only.</summary>
    public static ImmutableArray<(string Name, DeploymentModel Model)> All { get; } =
    [
        .. from option in Options
           from profile in Profiles
           where option.Key != "public-nodes" || profile == Profile.Dev
           let name = profile.ToString().ToLowerInvariant()
           select (option.Key.Length == 0 ? name : $"{name}+{option.Key}", option.Value(Sample.Model(profile))),
    ];

    /// <summary>Without the options that somebody who asks for less takes: they are for the reader of the settings to warn of.</summary>
    public static IEnumerable<DeploymentModel> Secure =>
        All.Where(variant => !variant.Name.EndsWith("-endpoint", StringComparison.Ordinal) && !variant.Name.EndsWith("+no-flow-logs", StringComparison.Ordinal)).Select(variant => variant.Model);

    public static DeploymentModel Model(string name) => All.Single(variant => variant.Name == name).Model;

    /// <summary>An application of many external services with a secret each.</summary>
    public static DeploymentModel Large(Profile profile, int services)
    {
        var model = Sample.Model(profile);
        ImmutableArray<string> names = [.. Enumerable.Range(1, services).Select(number => string.Create(CultureInfo.InvariantCulture, $"service{number:D4}"))];
        return model with
        {
            Workloads = [.. names.Select(name => Sample.Web() with
            {
                Resource = name,
                Name = name,
                Image = new WorkloadImage.Built(name, $"123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/{name}", $"shop/{name}"),
                Role = new WorkloadRole(model.Names.Role(name), Deploy.Model.Names.LogicalId(name) + "Role", []),
                Secrets = [name],
                Calls = [],
                Gates = [],
            })],
            Secrets = [.. names.Select(name => new SecretModel(name, model.Names.Secret(name), Deploy.Model.Names.LogicalId(name) + "Secret", Generated))],
            Images = [.. names.Select(name => new ImageModel(name, $"shop/{name}", new ImageSource.Project($"{name}.csproj")) { LogicalId = Deploy.Model.Names.LogicalId(name) + "Repository" })],
            Ingresses = [.. model.Ingresses.Select(ingress => ingress with { Rules = [.. names.Select(name => ingress.Rules[0] with { Workload = name, Path = $"/{name}" })] })],
        };
    }

    private static SecretOrigin.Generated Generated => new(22) { Lower = true, Upper = true, Numeric = true, Special = false };

    private static DeploymentModel Cluster(DeploymentModel model, Func<ClusterSettings, ClusterSettings> change) =>
        model with { Settings = model.Settings with { Cluster = change(model.Settings.Cluster) } };

    private static DeploymentModel Network(DeploymentModel model, Func<NetworkSettings, NetworkSettings> change) =>
        model with { Settings = model.Settings with { Network = change(model.Settings.Network) } };

    private static DeploymentModel Operations(DeploymentModel model, Func<OperationsSettings, OperationsSettings> change) =>
        model with { Settings = model.Settings with { Operations = change(model.Settings.Operations) } };

    private static ImmutableArray<string> Subnets(DeploymentModel model, string kind) =>
        [.. model.Settings.AvailabilityZones.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"subnet-{kind}000000000000000{index}"))];

    private static DeploymentModel WithDomain(DeploymentModel model) => model with
    {
        Settings = model.Settings with { Edge = model.Settings.Edge with { Domain = "shop.example.com", HostedZoneId = "Z0123456789ABCDEFGHIJ" } },
        Ingresses = [.. model.Ingresses.Select(ingress => ingress with
        {
            Tls = true,
            Certificate = new Value.Late(StackOutput.CertificateArn),
            Rules = [.. ingress.Rules.Select(rule => rule with { Host = null }), ingress.Rules[0] with { Host = "admin.shop.example.com" }],
        })],
    };

    private static DeploymentModel WithCertificate(DeploymentModel model, string arn) => model with
    {
        Settings = model.Settings with { Edge = model.Settings.Edge with { HostedZoneId = null, CertificateArn = arn } },
        Ingresses = [.. model.Ingresses.Select(ingress => ingress with { Certificate = Value.Of(arn) })],
    };
}
