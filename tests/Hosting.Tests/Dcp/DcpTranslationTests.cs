using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class DcpTranslationTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly EndpointAnnotation Http = new(ProtocolType.Tcp, uriScheme: "http", name: "http", targetPort: 80);

    [Fact]
    public void A_process_becomes_an_executable_that_serves_its_proxied_endpoints()
    {
        var launch = new InstanceLaunch
        {
            Id = "web-abcdefgh",
            ResourceName = "web",
            Command = "dotnet",
            WorkingDirectory = "/app",
            Arguments = ["/app/web.dll", "--template", "{{ .Values.name }}"],
            Environment = [new("ASPNETCORE_URLS", "http://localhost:20000"), new("BRACES", "{{x}} {y}")],
            Ports =
            [
                new(Http, "web.http", 20000),
                new(new EndpointAnnotation(ProtocolType.Tcp, name: "admin", isProxied: false), Service: null, 20001),
            ],
        };

        var executable = DcpTranslation.Executable(launch);

        Golden.Matches(Text(executable), "dcp-executable.json");
    }

    [Fact]
    public void A_container_serves_the_port_inside_and_is_reached_on_loopback_only()
    {
        var launch = new InstanceLaunch
        {
            Id = "cache-abcdefgh",
            ResourceName = "cache",
            Command = "/bin/server",
            Arguments = ["--save"],
            Environment = [new("MODE", "fast")],
            Ports = [new(Http, "cache.http", 20002)],
        };
        var container = new ContainerLaunch
        {
            Image = "registry.example/team/cache:1.2",
            Network = "application",
            Aliases = ["cache", "cache.dev.internal"],
            Mounts =
            [
                new ContainerMountAnnotation("cache-data", "/data", ContainerMountType.Volume, isReadOnly: false),
                new ContainerMountAnnotation("/etc/cache", "/etc/cache", ContainerMountType.BindMount, isReadOnly: true),
            ],
            RuntimeArguments = ["--add-host", "host.docker.internal:host-gateway"],
            Persistent = true,
            PullPolicy = ImagePullPolicy.Missing,
        };

        Golden.Matches(Text(DcpTranslation.Container(launch, container)), "dcp-container.json");
    }

    [Fact]
    public void A_container_with_a_Dockerfile_is_built_before_it_starts()
    {
        var launch = new InstanceLaunch { Id = "api-abcdefgh", ResourceName = "api" };
        var container = new ContainerLaunch
        {
            Image = "api:dev",
            Network = "application",
            Build = new DockerfileBuildAnnotation("/src/api", "/src/api/Dockerfile", "final"),
            BuildArguments = [new("VERSION", "1"), new("FROM_ENVIRONMENT", null)],
            BuildSecrets = [new("token", "t0ken")],
        };

        Golden.Matches(Text(DcpTranslation.Container(launch, container)), "dcp-container-build.json");
    }

    [Fact]
    public void A_service_asks_for_the_wanted_port_or_for_a_free_one()
    {
        var udp = new EndpointAnnotation(ProtocolType.Udp, name: "syslog");

        var services = new[] { DcpTranslation.Service("web.http", Http, 5180), DcpTranslation.Service("log.syslog", udp, port: null) };

        Golden.Matches(string.Join('\n', services.Select(Text)), "dcp-services.json");
    }

    private static string Text<T>(T item)
        where T : class, IDcpObject<T>
    {
        var json = JsonSerializer.Serialize(item, T.TypeInfo);
        return JsonSerializer.Serialize(JsonElement.Parse(json), Indented) + "\n";
    }
}
