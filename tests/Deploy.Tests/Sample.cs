using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests;

/// <summary>Small, complete values of the model for tests of one stage; a test changes what it is about with <c>with</c>.</summary>
internal static class Sample
{
    public static readonly Names Names = new("shop", "production");

    private static readonly ImmutableSortedDictionary<string, string> NoTexts = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>An external web project that calls a stateful database with a generated password.</summary>
    public static DeploymentModel Model(Profile profile) => new()
    {
        Names = new Names("shop", Name(profile)),
        Settings = Settings(profile),
        Workloads = [Database(), Web()],
        Ingresses = [Ingress(profile)],
        Secrets = [new SecretModel("password", $"shop/{Name(profile)}/password", "PasswordSecret", new SecretOrigin.Generated(22) { Lower = true, Upper = true, Numeric = true, Special = true })],
        Images = [new ImageModel("web", "shop/web", new ImageSource.Project("Web/Web.csproj")) { LogicalId = "WebRepository" }],
        Coverage = [new CoverageEntry("web", "project.v0", CoverageOutcome.Becomes, "Deployment")],
    };

    public static EnvironmentSettings Settings(Profile profile)
    {
        var production = profile == Profile.Production;
        return new EnvironmentSettings
        {
            Environment = Name(profile),
            Application = "shop",
            Profile = profile,
            Account = "123456789012",
            Region = "eu-central-1",
            AvailabilityZones = production ? ["eu-central-1a", "eu-central-1b", "eu-central-1c"] : ["eu-central-1a", "eu-central-1b"],
            Namespace = "shop",
            Tags = NoTexts,
            Network = new NetworkSettings
            {
                Cidr = string.Create(CultureInfo.InvariantCulture, $"10.{(int)profile}.0.0/16"),
                Egress = Egress.Nat,
                NatGateways = production ? 3 : 1,
                FlowLogs = profile switch { Profile.Dev => FlowLogs.None, Profile.Staging => FlowLogs.Reject, _ => FlowLogs.All },
            },
            Cluster = new ClusterSettings
            {
                Version = "1.36",
                Compute = Compute.Auto,
                Endpoint = production ? EndpointAccess.Private : EndpointAccess.Public,
                PublicAccessCidrs = production ? [] : ["203.0.113.7/32"],
                Architectures = production ? [Architecture.Arm64, Architecture.Amd64] : [Architecture.Arm64],
                Capacity = profile == Profile.Dev ? Capacity.Spot : Capacity.OnDemand,
                Overprovision = false,
                Support = SupportType.Standard,
                Administrators = [],
                Operators = [],
            },
            Registry = new RegistrySettings(),
            Edge = new EdgeSettings
            {
                Domain = production ? "shop.example.com" : null,
                HostedZoneId = production ? "Z0123456789ABCDEFGHIJ" : null,
                AllowHttp = profile == Profile.Dev,
                InternetFacing = true,
                InboundCidrs = ["0.0.0.0/0"],
                Waf = production,
                Protection = production,
            },
            Operations = new OperationsSettings { Bastion = production, Alarms = profile != Profile.Dev, Observability = true, LogRetentionDays = profile switch { Profile.Dev => 7, Profile.Staging => 30, _ => 365 } },
            GitHub = new GitHubSettings(),
            GitOps = new GitOpsSettings { Path = "deploy", Revision = "main", AutoSync = !production },
            Images = new ImageSettings
            {
                BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled",
                GateImage = "public.ecr.aws/docker/library/busybox:1.37.0-musl",
                Publishing = Publishing.FrameworkDependent,
                ReadyToRun = true,
                SeverityGate = profile switch { Profile.Dev => SeverityGate.None, Profile.Staging => SeverityGate.High, _ => SeverityGate.Critical },
                Mirror = production,
            },
            Resources = ImmutableSortedDictionary.Create<string, ResourceSettings>(StringComparer.Ordinal),
            Parameters = NoTexts,
            AllowMissing = [],
        };
    }

    public static PortModel Http { get; } = new("http", 8080, 80, Udp: false, PortApplication.Http) { Bindings = ["http"] };

    public static Workload Web() => new()
    {
        Resource = "web",
        Name = "web",
        Kind = WorkloadKind.Stateless,
        IsProject = true,
        Image = new WorkloadImage.Built("web", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web", "shop/web"),
        Command = [],
        Args = [],
        Environment = ImmutableSortedDictionary.Create<string, Value>(StringComparer.Ordinal)
            .Add("ConnectionStrings__db", Value.Join([Value.Of("Host=db;Port=5432;Username=postgres;Password="), new Value.Secret("password")]))
            .Add("HTTP_PORTS", Value.Of("8080")),
        Ports = [Http],
        Startup = new ProbeModel(new ProbeAction.Http("/alive", 8080, Tls: false), 0, 2, 1, 30, 1),
        Readiness = new ProbeModel(new ProbeAction.Http("/health", 8080, Tls: false), 0, 5, 2, 3, 1),
        Liveness = new ProbeModel(new ProbeAction.Http("/alive", 8080, Tls: false), 0, 10, 2, 3, 1),
        Metrics = new MetricsModel("/metrics", 8080),
        Scaling = new ScalingModel(3, 30, 60),
        Size = new SizeModel("250m", "2", "512Mi", "1Gi", "1Gi", "2Gi"),
        Volumes = [],
        Files = [],
        WritablePaths = [],
        UserId = 1654,
        ReadOnlyRootFilesystem = true,
        Calls = [new FlowModel("db", 5432, 5432, Udp: false)],
        InternetAccess = false,
        OutsidePorts = [],
        Gates = [new FlowModel("db", 5432, 5432, Udp: false)],
        Wave = 0,
        ExternalPorts = [],
        Secrets = ["password"],
        Role = new WorkloadRole("shop-production-web", "WebRole", []),
        ExplicitStart = false,
        Fingerprint = "0123abcd",
    };

    public static Workload Database() => Web() with
    {
        Resource = "db",
        Name = "db",
        Kind = WorkloadKind.Stateful,
        IsProject = false,
        Image = new WorkloadImage.ThirdParty("docker.io/library/postgres:17.6"),
        Environment = ImmutableSortedDictionary.Create<string, Value>(StringComparer.Ordinal).Add("POSTGRES_PASSWORD", new Value.Secret("password")),
        Ports = [new PortModel("tcp", 5432, 5432, Udp: false, PortApplication.Tcp) { Bindings = ["tcp"] }],
        Startup = new ProbeModel(new ProbeAction.Tcp(5432), 0, 2, 1, 60, 1),
        Readiness = new ProbeModel(new ProbeAction.Tcp(5432), 0, 5, 2, 3, 1),
        Liveness = new ProbeModel(new ProbeAction.Tcp(5432), 0, 10, 2, 6, 1),
        Metrics = null,
        Scaling = new ScalingModel(1, 1, 60),
        Volumes = [new VolumeModel("data", "/var/lib/postgresql/data", ReadOnly: false, 10)],
        WritablePaths = ["/var/run/postgresql"],
        UserId = 65532,
        Calls = [],
        Gates = [],
        Role = new WorkloadRole("shop-production-db", "DbRole", []),
        Fingerprint = "4567cdef",
    };

    private static IngressModel Ingress(Profile profile) => new(
        "web",
        [
            new IngressRule(profile == Profile.Production ? "shop.example.com" : null, "/", "web", Http)
            {
                StickySessions = false,
                IdleTimeoutSeconds = 60,
                HealthCheckPath = "/health",
                HealthCheckPort = 8080,
            },
        ])
    {
        Tls = profile == Profile.Production,
        Certificate = profile == Profile.Production ? new Value.Late(new LateValue("edge", "CertificateArn")) : null,
    };

    private static string Name(Profile profile) => profile switch { Profile.Dev => "dev", Profile.Staging => "staging", _ => "production" };
}
