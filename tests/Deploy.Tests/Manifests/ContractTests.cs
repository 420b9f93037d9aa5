using System.Net.Sockets;
using Platform.Deploy.Manifests;
using Platform.Hosting;
using Platform.Hosting.ApplicationModel;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>What Hosting writes, Deploy reads, to the last part: the manifest is all that the two have in common (docs/manifest.md).</summary>
public sealed class ContractTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("platform-contract-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Every_part_of_a_rich_application_is_read_as_it_was_written()
    {
        var manifest = Path.Combine(_root, "AppHost", "aspire-manifest.json");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", manifest],
            ProjectDirectory = Directory.CreateDirectory(Path.Combine(_root, "AppHost")).FullName,
        });
        AddParts(builder);
        await using (var application = builder.Build())
        {
            await application.RunAsync(TestContext.Current.CancellationToken);
        }

        var reading = ManifestReader.Read(await File.ReadAllBytesAsync(manifest, TestContext.Current.CancellationToken), "/app");

        Golden.Matches(Dump.Of(reading), "Manifests/contract.txt");
    }

    private void AddParts(IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter("password", new GenerateParameterDefault { MinLength = 24, Special = false, MinNumeric = 2 }, secret: true);
        var greeting = builder.AddParameter("greeting", "Grüße & {welcome}", publishValueAsDefault: true).WithDescription("Shown at the top.");
        var legacy = builder.AddConnectionString("legacy");
        var cache = builder.AddContainer("cache", "docker.io/library/redis", "8.6")
            .WithEndpoint(targetPort: 6379, scheme: "redis", name: "tcp")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "redis-server --requirepass $REDIS_PASSWORD")
            .WithEnvironment("REDIS_PASSWORD", password)
            .WithVolume("cache-data", "/data")
            .WithVolume("/scratch")
            .WithBindMount("config/redis.conf", "/etc/redis.conf", isReadOnly: true)
            .WithBindMount("/var/run/docker.sock", "/var/run/docker.sock");
        var endpoint = cache.GetEndpoint("tcp");
        var database = builder.AddConnectionString(
            "orders", ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.HostAndPort)},password={password},tls={endpoint.Property(EndpointProperty.TlsEnabled)}"));

        var migration = builder.AddProject("migration", ProjectFile("Migration", urls: null)).WithReference(database).WaitForStart(cache);
        var api = builder.AddProject("Api", ProjectFile("Api", "https://localhost:7001;http://localhost:5001"))
            .WithExternalHttpEndpoints()
            .WithHttpEndpoint(port: 9000, name: "metrics", env: "METRICS_PORT")
            .WithReference(database)
            .WithReference(legacy)
            .WithReference("maps", new Uri("https://maps.example/"))
            .WithEnvironment("URL", $"redis://:{password:uri}@{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)}")
            .WithEnvironment("JSON", """{ "Logging": { "a.b": [ "{x}" ] } }""")
            .WithEnvironment("EMPTY", (string?)null)
            .WithHttpHealthCheck("/health")
            .WithHttpHealthCheck("/teapot", statusCode: 418)
            .WithHttpProbe(ProbeType.Startup, "/up", initialDelaySeconds: 0, failureThreshold: 30)
            .WithHttpProbe(ProbeType.Liveness, "/alive")
            .WithReplicas(3)
            .WaitFor(cache)
            .WaitForCompletion(migration, exitCode: 3)
            .WithArgs("--greeting", greeting);

        builder.AddContainer("proxy", "ghcr.io/example/proxy@sha256:" + new string('a', 64))
            .WithHttpEndpoint(port: 8000)
            .WithHttpsEndpoint(port: 443, targetPort: 8443)
            .WithEndpoint("https", https => https.Transport = "http2")
            .WithEndpoint(targetPort: 53, name: "dns", protocol: ProtocolType.Udp)
            .WithParentRelationship(api)
            .WithReference(api);
        builder.AddExecutable("script", "python3", "../scripts", "serve.py", "--port", "0").WithHttpEndpoint(env: "PORT").WithExplicitStart();
        builder.AddDockerfile("tools", Folder("tools", "Dockerfile"), stage: "final")
            .WithBuildArg("VERSION", "1.2")
            .WithBuildArg("FROM_ENVIRONMENT", (object?)null)
            .WithBuildSecret("TOKEN", password);
        builder.AddResource(new Clock("clock"));
        builder.AddContainer("stack", "example/stack").WithManifestPublishingCallback(context => context.Writer.WriteString("type", "aws.cloudformation.stack.v0"));
    }

    private string ProjectFile(string name, string? urls)
    {
        var folder = Folder(name, $"{name}.csproj");
        if (urls is not null)
        {
            var profile = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, name, "Properties")).FullName, "launchSettings.json");
            File.WriteAllText(profile, $$"""{ "profiles": { "web": { "commandName": "Project", "applicationUrl": "{{urls}}" } } }""");
        }

        return $"{folder}/{name}.csproj";
    }

    private string Folder(string name, string file)
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_root, name)).FullName, file), "<Project />");
        return $"../{name}";
    }

    private sealed class Clock(string name) : Resource(name);
}
