using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Rendering;

public sealed class ComposeTests
{
    [Fact]
    public void A_web_project_and_its_database_are_services()
    {
        var compose = Compose(Sample.Model(Profile.Production));

        Golden.Matches(compose, "Rendering/compose.yaml");
    }

    [Fact]
    public void All_that_a_service_can_have_is_written()
    {
        var smtp = new PortModel("smtp", 25, 25, Udp: false, PortApplication.Tcp) { Bindings = ["smtp"] };
        var web = Sample.Web() with
        {
            Image = new WorkloadImage.Built("web", "registry/shop/web", "shop/web"),
            IsProject = false,
            Command = [Value.Of("/bin/web")],
            Args = [Value.Of("--price=$5"), new Value.Late(new LateValue("network", "VpcId"))],
            Ports = [Sample.Http, new PortModel("metrics", 9090, 9090, Udp: false, PortApplication.Http) { Bindings = [], Management = true }, smtp],
            Files = [new FileMount("conf", "/etc/web", Files(("a/b.conf", "x = $HOME\n"))), new FileMount("one", "/etc/one.conf", Files(("", "one\n")))],
            ExternalPorts = [smtp],
            ExplicitStart = true,
            Wave = 1,
        };
        var job = Sample.Web() with
        {
            Resource = "migration",
            Name = "migration",
            Kind = WorkloadKind.Job,
            Image = new WorkloadImage.ThirdParty("docker.io/library/migrate:1"),
            Ports = [],
            Readiness = null,
            ReadOnlyRootFilesystem = false,
        };
        var image = new ImageModel("web", "shop/web", new ImageSource.Build("src/web", "src/docker/Dockerfile")
        {
            Stage = "final",
            Args = ImmutableSortedDictionary<string, Value?>.Empty.Add("FROM_ENVIRONMENT", null).Add("MODE", Value.Of("release")),
            Secrets = ImmutableSortedDictionary<string, ImageBuildSecret>.Empty.Add("npm", new ImageBuildSecret(null, "npmrc")).Add("token", new ImageBuildSecret(new Value.Secret("token"), null)),
        })
        { LogicalId = "WebRepository" };

        var compose = Compose(Sample.Model(Profile.Dev) with { Workloads = [job, web], Images = [image], Ingresses = [] });

        Golden.Matches(compose, "Rendering/compose-all.yaml");
    }

    [Fact]
    public void Two_external_services_of_one_port_get_two_ports_of_this_machine()
    {
        var model = Sample.Model(Profile.Dev);
        var admin = Sample.Web() with { Name = "admin", Resource = "admin" };
        var rule = model.Ingresses[0].Rules[0];

        var compose = Compose(model with { Workloads = [admin, Sample.Web()], Ingresses = [model.Ingresses[0] with { Rules = [rule with { Workload = "admin" }, rule] }] });

        Assert.Equal(["- \"127.0.0.1:8080:8080\"", "- \"127.0.0.1:8081:8080\""], compose.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("- \"127", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(".", "Dockerfile", "Dockerfile")]
    [InlineData("src/web", "src/docker/Dockerfile", "../docker/Dockerfile")]
    [InlineData("../..", "web/Dockerfile", "home/app/web/Dockerfile")]
    [InlineData("..", "../Dockerfile", "Dockerfile")]
    public void A_Dockerfile_is_found_from_its_context_wherever_that_lies(string context, string dockerfile, string expected)
    {
        var manifest = ManifestReader.Read(
            Encoding.UTF8.GetBytes($$"""{ "resources": { "web": { "type": "container.v1", "build": { "context": "{{context}}", "dockerfile": "{{dockerfile}}" } } } }"""), "/home/app").Manifest;

        var compose = Compose(ModelBinder.Bind(manifest, Sample.Settings(Profile.Dev), MountedFiles.None).Model);

        Assert.Contains($"      dockerfile: {expected}\n", compose.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_a_cluster_has_is_left_out()
    {
        var manifest = ManifestReader.Read(
            """
            { "resources": { "web": { "type": "project.v0", "path": "web.csproj", "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true } } } } }
            """u8.ToArray(),
            "/app").Manifest;
        var model = ModelBinder.Bind(manifest, Sample.Settings(Profile.Dev), MountedFiles.None).Model;

        var compose = Compose(model);

        string[] ofCluster = ["KNOWN_PROXIES", "OTEL_EXPORTER_OTLP_ENDPOINT"];
        Assert.Subset(model.Workloads[0].Environment.Keys.ToHashSet(), ofCluster.ToHashSet());
        Assert.All(ofCluster, name => Assert.DoesNotContain(name, compose, StringComparison.Ordinal));
    }

    private static string Compose(DeploymentModel model) => Encoding.UTF8.GetString(ComposeRenderer.File(model).Write().Span);

    private static ImmutableSortedDictionary<string, ImmutableArray<byte>> Files(params (string Path, string Text)[] files) =>
        files.ToImmutableSortedDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text).ToImmutableArray(), StringComparer.Ordinal);
}
