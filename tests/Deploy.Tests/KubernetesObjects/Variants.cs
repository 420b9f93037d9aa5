using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.KubernetesObjects;

/// <summary>Models that together make every kind of object and every option: what the checks over all objects walk.</summary>
internal static class Variants
{
    private static readonly PortModel Grpc = new("grpc", 8081, 8081, Udp: false, PortApplication.Http2) { Bindings = ["grpc"] };
    private static readonly PortModel Management = new("management", 8082, 8082, Udp: false, PortApplication.Http) { Bindings = [], Management = true };
    private static readonly PortModel Mqtt = new("mqtt", 883, 1883, Udp: false, PortApplication.Tcp) { Bindings = ["mqtt"] };
    private static readonly PortModel Syslog = new("syslog", 5514, 514, Udp: true, PortApplication.Tcp) { Bindings = ["syslog"] };

    public static ImmutableSortedDictionary<string, DeploymentModel> All { get; } = new Dictionary<string, DeploymentModel>
    {
        ["sample-dev"] = Sample.Model(Profile.Dev),
        ["sample-staging"] = WithTls(Sample.Model(Profile.Staging)),
        ["sample-production"] = Sample.Model(Profile.Production),
        ["wide-dev"] = Wide(Profile.Dev),
        ["wide-staging"] = Wide(Profile.Staging),
        ["wide-production"] = Wide(Profile.Production),
        ["node-groups"] = With(Wide(Profile.Staging), settings => settings with { Cluster = settings.Cluster with { Compute = Compute.ManagedNodeGroups } }),
        ["existing-cluster"] = With(Wide(Profile.Production), settings => settings with
        {
            Namespace = "shop-production",
            Cluster = settings.Cluster with { Existing = new ExistingCluster("shared", AutoMode: true) },
            Network = settings.Network with { Existing = Vpc },
        }),
        ["existing-cluster-without-auto-mode"] = With(Wide(Profile.Production), settings => settings with
        {
            Namespace = "shop-production",
            Cluster = settings.Cluster with { Existing = new ExistingCluster("shared", AutoMode: false) },
            Network = settings.Network with { Existing = Vpc },
        }),
        ["inside-only"] = With(Sample.Model(Profile.Production), settings => settings with
        {
            Edge = settings.Edge with { InternetFacing = false, InboundCidrs = ["10.0.0.0/8"], Waf = false, Protection = false },
            Operations = settings.Operations with { Observability = false },
            Images = settings.Images with { Mirror = true },
            Cluster = settings.Cluster with { Overprovision = true },
        }),
        ["writable-root"] = Sample.Model(Profile.Dev) with
        {
            Workloads =
            [
                Sample.Database() with { ReadOnlyRootFilesystem = false },
                Sample.Web() with { Readiness = new ProbeModel(new ProbeAction.Http("/health", 8080, Tls: true), 0, 5, 2, 3, 1) },
            ],
        },
        ["github"] = With(Sample.Model(Profile.Production), settings => settings with { GitHub = settings.GitHub with { Repository = "acme/shop" } }),
        ["public-nodes"] = With(Sample.Model(Profile.Dev), settings => settings with { Network = settings.Network with { Egress = Egress.PublicNodes, NatGateways = 0 } }),
        ["empty"] = Sample.Model(Profile.Production) with { Workloads = [], Ingresses = [], Secrets = [], Images = [] },
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Those in which nobody has chosen less security than the defaults have.</summary>
    public static ImmutableSortedDictionary<string, DeploymentModel> Secure { get; } = All.Remove("writable-root");

    private static ExistingNetwork Vpc => new(
        "vpc-0a1b2c3d",
        "10.9.0.0/16",
        ["subnet-0a01", "subnet-0a02", "subnet-0a03"],
        ["subnet-0b01", "subnet-0b02", "subnet-0b03"],
        ["subnet-0c01", "subnet-0c02", "subnet-0c03"]);

    /// <summary>Beside the sample: a migration, a worker, gRPC for visitors, TCP and UDP for visitors, files, a replicated store, one that is started by hand.</summary>
    public static DeploymentModel Wide(Profile profile)
    {
        var sample = profile == Profile.Staging ? WithTls(Sample.Model(profile)) : Sample.Model(profile);
        var api = profile == Profile.Dev ? Api() with { Scaling = new ScalingModel(1, 3, 70) } : Api();
        return sample with
        {
            Workloads = [.. sample.Workloads.Append(api).Append(Broker()).Append(Members()).Append(Migration()).Append(Tool()).Append(Worker()).OrderBy(workload => workload.Name, StringComparer.Ordinal)],
            Ingresses =
            [
                new IngressModel("api", [Rule("api.example.com", "/", Grpc), Rule("www.example.com", "/api", Sample.Http) with { StickySessions = true, IdleTimeoutSeconds = 3600, HealthCheckPort = 8082 }])
                {
                    Tls = true,
                    Certificate = Value.Of("arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d"),
                },
                .. sample.Ingresses,
            ],
            Secrets = [.. sample.Secrets, new SecretModel("token", "shop/token", "TokenSecret", new SecretOrigin.Given("of the mail service"))],
        };
    }

    private static Workload Api() => Sample.Web() with
    {
        Resource = "API",
        Name = "api",
        Environment = Values(("Greeting", Value.Of("costs $5, or $(that)\nin two lines")), ("Vpc", new Value.Late(new LateValue("network", "VpcId"))), ("1ST", Value.Of("yes"))),
        Args = [Value.Of("--price=$5"), Value.Join([Value.Of("--token=$"), new Value.Secret("token")])],
        Ports = [Grpc, Sample.Http, Management],
        Readiness = new ProbeModel(new ProbeAction.Http("/health", 8082, Tls: false), 0, 5, 2, 3, 1),
        Metrics = new MetricsModel("/metrics", 8082),
        Calls = [new FlowModel("broker", 5514, 514, Udp: true), new FlowModel("broker", 883, 1883, Udp: false)],
        Gates = [],
        Files =
        [
            new FileMount("certificates", "/etc/certificates", ImmutableSortedDictionary.Create<string, ImmutableArray<byte>>(StringComparer.Ordinal)
                .Add("ca.der", [0x30, 0x82, 0x00, 0xFF]).Add("sub/notes.txt", Bytes("first\nsecond\n"))),
            new FileMount("settings", "/app/appsettings.json", ImmutableSortedDictionary.Create<string, ImmutableArray<byte>>(StringComparer.Ordinal).Add("", Bytes("{\n  \"a\": \"yes\"\n}\n"))),
        ],
        Secrets = ["token"],
        InternetAccess = true,
        OutsidePorts = [587],
        Role = new WorkloadRole("shop-production-api", "ApiRole", ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]),
    };

    private static Workload Broker() => Sample.Web() with
    {
        Resource = "broker",
        Name = "broker",
        IsProject = false,
        Image = new WorkloadImage.ThirdParty("docker.io/library/eclipse-mosquitto:2.0.22@sha256:1111111111111111111111111111111111111111111111111111111111111111"),
        Command = [Value.Of("/usr/sbin/mosquitto")],
        Environment = Values(),
        Ports = [Mqtt, Syslog],
        ExternalPorts = [Mqtt, Syslog],
        Startup = null,
        Readiness = new ProbeModel(new ProbeAction.Tcp(883), 1, 5, 2, 3, 2),
        Liveness = new ProbeModel(new ProbeAction.Tcp(883), 0, 10, 2, 6, 1),
        Metrics = null,
        Scaling = new ScalingModel(2, 2, 70),
        Calls = [],
        Gates = [],
        Secrets = [],
        Role = null,
        UserId = 65532,
        NetBindService = true,
        Wave = 1,
    };

    private static Workload Members() => Sample.Database() with
    {
        Resource = "members",
        Name = "members",
        Scaling = new ScalingModel(3, 5, 70),
        Volumes = [new VolumeModel("data", "/data", ReadOnly: false, 20), new VolumeModel("tmp", "/seed", ReadOnly: true, 1)],
        Calls = [new FlowModel("members", 5432, 5432, Udp: false)],
    };

    private static Workload Migration() => Sample.Web() with
    {
        Resource = "migration",
        Name = "migration",
        Kind = WorkloadKind.Job,
        Ports = [],
        Startup = null,
        Readiness = null,
        Liveness = null,
        Metrics = null,
        Scaling = new ScalingModel(1, 1, 70),
    };

    private static Workload Tool() => Migration() with { Resource = "tool", Name = "tool", ExplicitStart = true, Gates = [], Calls = [] };

    private static Workload Worker() => Sample.Web() with
    {
        Resource = "worker",
        Name = "worker",
        ExplicitStart = true,
        Ports = [],
        Startup = null,
        Readiness = null,
        Liveness = null,
        Metrics = null,
        Secrets = [],
        Environment = Values(),
        Role = null,
        WritablePaths = ["/tmp", "/var/cache"],
    };

    private static IngressRule Rule(string host, string path, PortModel port) => new(host, path, "api", port)
    {
        StickySessions = false,
        IdleTimeoutSeconds = 60,
        HealthCheckPath = "/health",
        HealthCheckPort = 8082,
    };

    private static DeploymentModel WithTls(DeploymentModel model) =>
        model with { Ingresses = [.. model.Ingresses.Select(ingress => ingress with { Tls = true, Certificate = Value.Of("arn:aws:acm:eu-central-1:123456789012:certificate/4e5f6a7b") })] };

    private static DeploymentModel With(DeploymentModel model, Func<EnvironmentSettings, EnvironmentSettings> change) => model with { Settings = change(model.Settings) };

    private static ImmutableSortedDictionary<string, Value> Values(params (string Name, Value Value)[] values) =>
        values.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    private static ImmutableArray<byte> Bytes(string text) => [.. Encoding.UTF8.GetBytes(text)];
}
