using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Tests.Model;

namespace Platform.Hosting.Tests.Manifests;

public sealed class ManifestBindingTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public ManifestBindingTests() => _builder = _folder.ForPublish();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_project_that_is_served_by_HTTPS_only_listens_on_HTTP_when_deployed()
    {
        _builder.AddProject("web", _folder.AddWebProject("Web", "https://localhost:7000")).WithHttpProbe(ProbeType.Liveness, "/alive");

        var manifest = await ManifestAsync();

        Assert.Equal(
            """{"http":{"scheme":"http","protocol":"tcp","transport":"http"},"https":{"scheme":"https","protocol":"tcp","transport":"http"}}""",
            Compact(manifest, "resources.web.bindings"));
        Assert.Equal("\"{web.bindings.http.targetPort}\"", Compact(manifest, "resources.web.env.HTTP_PORTS"));
        Assert.Equal("\"http\"", Compact(manifest, "deploymentHints.web.probes.liveness.binding"));
    }

    [Fact]
    public async Task A_project_with_an_HTTPS_endpoint_of_its_own_listens_there()
    {
        _builder.AddProject("web", _folder.AddProject("Web")).WithHttpsEndpoint(targetPort: 8443).WithHttpProbe(ProbeType.Liveness, "/alive");

        var manifest = await ManifestAsync();

        Assert.Equal(
            """{"OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY":"in_memory","ASPNETCORE_FORWARDEDHEADERS_ENABLED":"true","HTTPS_PORTS":"{web.bindings.https.targetPort}"}""",
            Compact(manifest, "resources.web.env"));
        Assert.Equal("\"https\"", Compact(manifest, "deploymentHints.web.probes.liveness.scheme"));
    }

    [Fact]
    public async Task A_variable_that_the_author_sets_wins_over_a_default()
    {
        _builder.AddProject("web", _folder.AddWebProject("Web")).WithEnvironment("HTTP_PORTS", "9999");

        var manifest = await ManifestAsync();

        Assert.Equal("\"9999\"", Compact(manifest, "resources.web.env.HTTP_PORTS"));
    }

    [Fact]
    public async Task Target_ports_are_given_out_once_for_all_resources()
    {
        _builder.AddContainer("fixed", "image").WithHttpEndpoint(targetPort: 8001);
        _builder.AddExecutable("first", "a", ".").WithHttpEndpoint();
        _builder.AddExecutable("second", "b", ".").WithHttpEndpoint(port: 8000).WithEndpoint(name: "raw");

        var manifest = await ManifestAsync();

        Assert.Equal("""{"scheme":"http","protocol":"tcp","transport":"http","targetPort":8000}""", Compact(manifest, "resources.first.bindings.http"));
        Assert.Equal(
            """{"scheme":"http","protocol":"tcp","transport":"http","port":8000,"targetPort":8002}""", Compact(manifest, "resources.second.bindings.http"));
        Assert.Equal("""{"scheme":"tcp","protocol":"tcp","transport":"tcp","targetPort":8003}""", Compact(manifest, "resources.second.bindings.raw"));
    }

    [Fact]
    public async Task The_fixed_port_of_a_project_is_kept_and_its_target_port_left_open()
    {
        _builder.AddProject("web", _folder.AddProject("Web")).WithHttpEndpoint(port: 5000);

        var manifest = await ManifestAsync();

        Assert.Equal("""{"scheme":"http","protocol":"tcp","transport":"http","port":5000}""", Compact(manifest, "resources.web.bindings.http"));
    }

    [Fact]
    public async Task HTTP2_is_a_transport()
    {
        _builder.AddProject("web", _folder.AddWebProject("Web")).AsHttp2Service();

        var manifest = await ManifestAsync();

        Assert.Equal("\"http2\"", Compact(manifest, "resources.web.bindings.http.transport"));
    }

    [Fact]
    public async Task A_health_check_whose_status_is_no_success_is_no_probe()
    {
        _builder.AddContainer("api", "image").WithHttpEndpoint(targetPort: 80).WithHttpHealthCheck("/private", statusCode: 401);

        var manifest = await ManifestAsync();

        Assert.Equal(
            """{"healthChecks":[{"path":"/private","binding":"http","statusCode":401}]}""", Compact(manifest, "deploymentHints.api"));
    }

    [Fact]
    public async Task A_wait_for_what_is_not_started_is_no_hint()
    {
        var parameter = _builder.AddParameter("parameter");
        var left = _builder.AddContainer("left", "image").ExcludeFromManifest();
        _builder.AddContainer("api", "image").WaitFor(parameter).WaitFor(left).WaitFor(_builder.AddExternalService("maps", "https://maps.example"));

        var manifest = await ManifestAsync();

        Assert.False(manifest.TryGetProperty("deploymentHints", out _));
    }

    [Fact]
    public async Task A_custom_resource_with_a_connection_string_is_a_value()
    {
        var server = _builder.AddContainer("server", "postgres").WithEndpoint(targetPort: 5432, name: "tcp");
        var database = _builder.AddResource(new DatabaseResource("db", server.GetEndpoint("tcp")));
        _builder.AddContainer("api", "image").WithReference(database, connectionName: "main");

        var manifest = await ManifestAsync();

        Assert.Equal(
            """{"type":"value.v0","connectionString":"Host={server.bindings.tcp.host};Database=db"}""", Compact(manifest, "resources.db"));
        Assert.Equal("""{"ConnectionStrings__main":"{db.connectionString}"}""", Compact(manifest, "resources.api.env"));
        Assert.Equal("""{"parent":"server"}""", Compact(manifest, "deploymentHints.db"));
    }

    [Fact]
    public async Task A_container_with_a_connection_string_carries_it()
    {
        _builder.AddResource(new CacheResource("cache")).WithImage("redis").WithEndpoint(targetPort: 6379, name: "tcp");

        var manifest = await ManifestAsync();

        Assert.Equal(
            """{"type":"container.v0","connectionString":"{cache.bindings.tcp.url}","image":"redis:latest","bindings":{"tcp":{"scheme":"tcp","protocol":"tcp","transport":"tcp","targetPort":6379}}}""",
            Compact(manifest, "resources.cache"));
    }

    [Fact]
    public async Task A_redirected_connection_string_is_that_of_the_other_resource()
    {
        var cloud = _builder.AddConnectionString("cloud");
        var cache = _builder.AddResource(new CacheResource("cache")).WithImage("redis").WithEndpoint(targetPort: 6379, name: "tcp")
            .WithConnectionStringRedirection(cloud.Resource);
        _builder.AddContainer("api", "image").WithReference(cache);

        var manifest = await ManifestAsync();

        Assert.Equal("""{"ConnectionStrings__cache":"{cloud.connectionString}"}""", Compact(manifest, "resources.api.env"));
    }

    [Fact]
    public async Task An_external_service_has_no_entry_and_its_users_hold_the_URL()
    {
        var url = _builder.AddParameter("maps-url");
        var service = _builder.AddExternalService("maps", url);
        _builder.AddContainer("api", "image").WithReference(service).WithEnvironment("MAPS_URL", service)
            .WithEnvironment(context => context.EnvironmentVariables["SAME"] = service);

        var manifest = await ManifestAsync();

        Assert.Equal(["maps-url", "api"], manifest.GetProperty("resources").EnumerateObject().Select(resource => resource.Name));
        Assert.Equal(
            """{"services__maps__default__0":"{maps-url.value}","MAPS":"{maps-url.value}","MAPS_URL":"{maps-url.value}","SAME":"{maps-url.value}"}""",
            Compact(manifest, "resources.api.env"));
    }

    private async Task<JsonElement> ManifestAsync() => JsonElement.Parse(await _folder.ManifestOfAsync(_builder));

    private static string Compact(JsonElement manifest, string path)
    {
        var element = path.Split('.').Aggregate(manifest, (current, name) => current.GetProperty(name));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            element.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class DatabaseResource(string name, EndpointReference server) : Resource(name), IResourceWithConnectionString, IResourceWithParent
    {
        public IResource Parent => server.Resource;

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"Host={server.Property(EndpointProperty.Host)};Database={Name}");
    }

    private sealed class CacheResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{this.GetEndpoint("tcp")}");
    }
}
