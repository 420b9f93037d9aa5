using System.Collections.Immutable;
using static Platform.Deploy.Settings.ProfileDefaults;

namespace Platform.Deploy.Settings;

/// <summary>Keys of the application: its images, parameters and resources.</summary>
internal static class ApplicationCatalogue
{
    private const int MostReplicas = 1000;
    private const int MostSeconds = 3600;
    private const int MostIdleSeconds = 4000;
    private const int MostFailures = 1000;
    private const int MostStorage = 16_384;
    private const int LastPort = 65_535;

    private static readonly SettingKind YesOrNo = new SettingKind.Boolean();
    private static readonly SettingKind Port = new SettingKind.Integer(1, LastPort);

    public static ImmutableArray<Setting> Settings =>
    [
        .. Images, .. Application, .. Scale,
        .. Probe("startup", "2", "1", "30 · 30 · 60 for projects, 150 for others"),
        .. Probe("readiness", "5", "2", "3"),
        .. Probe("liveness", "10", "2", "3 for projects, 6 for others"),
        .. Traffic, .. Process,
    ];

    private static IEnumerable<Setting> Images =>
    [
        new("images.baseImage", Text(TextFormats.Image), "Image that .NET projects are put on.", Always("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled")),
        new("images.gateImage", Text(TextFormats.Image), "Holds a pod back until what it waits for takes connections; needs nc.", Always("public.ecr.aws/docker/library/busybox:1.37.0-musl")),
        new("images.publishing", new SettingKind.Choice(SettingWords.All(typeof(Publishing))), "How .NET projects are published.", Always("framework-dependent")),
        new("images.readyToRun", YesOrNo, "Compiles ahead to native code beside the IL.", Always(true)),
        new("images.severityGate", new SettingKind.Choice(SettingWords.All(typeof(SeverityGate))), "Refuses a deployment with findings of this severity or above.", PerProfile("none", "high", "critical")),
        new("images.mirror", YesOrNo, "Copies third-party images into the registry and runs them from there.", new SettingDefault.Derived("false · false · true; true where egress is private")),
    ];

    private static IEnumerable<Setting> Application =>
    [
        new("parameters.*", Text(TextFormats.Any), "Value of that parameter.", new SettingDefault.Absent("the manifest's default, if it has one")),
        new("allowMissing", new SettingKind.TextList(TextFormats.ResourceName), "Resources that may be left out although others could refer to them.", EmptyList()),
        new("resources.*.substitute.connectionStringSecret", Text(AwsFormats.Secret), "Secret of AWS Secrets Manager whose value is the connection string.", new SettingDefault.Absent("no substitute")),
        new("resources.*.substitute.externalUrl", Text(TextFormats.ServiceUrl), "A service outside: all of the resource's bindings lead there.", new SettingDefault.Absent("no substitute")),
    ];

    private static IEnumerable<Setting> Scale =>
    [
        new("resources.*.replicas.min", new SettingKind.Integer(1, MostReplicas), "Fewest pods.", new SettingDefault.Absent("the hint, else 1 · 2 · 3 for what takes only HTTP requests and has no volumes, 1 for others")),
        new("resources.*.replicas.max", new SettingKind.Integer(1, MostReplicas), "Most pods.", new SettingDefault.Absent("3 · 6 · 30 for what takes only HTTP requests and has no volumes, else the fewest")),
        new("resources.*.replicas.targetCpuPercent", new SettingKind.Integer(1, 100), "Percent of the requested CPU that autoscaling aims at.", new SettingDefault.Absent("70 · 70 · 60")),
        new("resources.*.size.cpuRequest", Text(Quantity.CpuFormat), "CPU that is reserved.", new SettingDefault.Absent("by kind and profile")),
        new("resources.*.size.cpuLimit", Text(Quantity.CpuFormat), "Most CPU; 4 times the request or more avoids throttling.", new SettingDefault.Absent("by kind and profile")),
        new("resources.*.size.memoryRequest", Text(Quantity.MemoryFormat), "Memory that is reserved.", new SettingDefault.Absent("by kind and profile")),
        new("resources.*.size.memoryLimit", Text(Quantity.MemoryFormat), "Memory above which the container is ended.", new SettingDefault.Absent("by kind and profile")),
        new("resources.*.storageGiB", new SettingKind.Integer(1, MostStorage), "Size of each persistent volume, in GiB.", new SettingDefault.Absent("10")),
    ];

    private static IEnumerable<Setting> Traffic =>
    [
        new("resources.*.managementPort", Port, "Port of health and metrics that visitors never reach (MANAGEMENT_PORT of ServiceDefaults); HTTP probes go there.", new SettingDefault.Absent("none")),
        new("resources.*.metricsPath", Text(TextFormats.UrlPath), "Path of Prometheus metrics on the management port, else on the first HTTP port.", new SettingDefault.Absent("nothing is scraped")),
        new("resources.*.hosts", new SettingKind.TextList(TextFormats.Host), "DNS names of an external HTTP binding, beside or instead of edge.domain.", new SettingDefault.Absent("edge.domain")),
        new("resources.*.path", Text(TextFormats.UrlPath), "URL path prefix of an external HTTP binding.", new SettingDefault.Absent("/")),
        new("resources.*.stickySessions", YesOrNo, "Keeps a visitor on one pod, by a cookie of the load balancer.", new SettingDefault.Absent("false")),
        new("resources.*.idleTimeoutSeconds", new SettingKind.Integer(1, MostIdleSeconds), "Idle seconds before the load balancer closes a connection: longer for WebSockets.", new SettingDefault.Absent("60")),
        new("resources.*.internetAccess", YesOrNo, "May open connections to the internet (TCP 443).", new SettingDefault.Absent("whether an address outside is among its values")),
        new("resources.*.outsidePorts", new SettingKind.IntegerList(1, LastPort), "Ports of addresses outside that it may connect to beside 443.", new SettingDefault.Absent("those of the addresses among its values")),
    ];

    private static IEnumerable<Setting> Process =>
    [
        new("resources.*.userId", new SettingKind.Integer(1, int.MaxValue), "Who the container runs as; never 0.", new SettingDefault.Absent("1654 for projects, 65532 for others")),
        new("resources.*.readOnlyRootFilesystem", YesOrNo, "Whether the container's own files are read-only.", new SettingDefault.Absent("true")),
        new("resources.*.writablePaths", new SettingKind.TextList(TextFormats.Folder), "Folders that the process writes to and that may be lost, beside /tmp.", new SettingDefault.Absent("none")),
        new("resources.*.awsPolicies", new SettingKind.TextList(AwsFormats.Policy), "Managed policies of the role that its pods get; any makes the role.", new SettingDefault.Absent("no role")),
        new("resources.*.env.*", Text(TextFormats.Any), "Value of that variable.", new SettingDefault.Absent("the manifest's value")),
    ];

    private static IEnumerable<Setting> Probe(string name, string period, string timeout, string failures) =>
    [
        new($"resources.*.{name}.disabled", YesOrNo, "No such probe.", new SettingDefault.Absent("false")),
        new($"resources.*.{name}.path", Text(TextFormats.UrlPath), "HTTP path that is asked.", new SettingDefault.Absent("a TCP connection")),
        new($"resources.*.{name}.port", Port, "Port of the container.", new SettingDefault.Absent("the management port or the first HTTP port; of a TCP connection the first port")),
        new($"resources.*.{name}.initialDelaySeconds", new SettingKind.Integer(0, MostSeconds), "Seconds before the first try.", new SettingDefault.Absent("0")),
        new($"resources.*.{name}.periodSeconds", new SettingKind.Integer(1, MostSeconds), "Seconds between two tries.", new SettingDefault.Absent(period)),
        new($"resources.*.{name}.timeoutSeconds", new SettingKind.Integer(1, MostSeconds), "Seconds that one try may take.", new SettingDefault.Absent(timeout)),
        new($"resources.*.{name}.failureThreshold", new SettingKind.Integer(1, MostFailures), "Failures in a row.", new SettingDefault.Absent(failures)),
    ];

    private static SettingKind.Text Text(SettingFormat format) => new(format);
}
