using System.Net.Sockets;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Tests.Model;

namespace Platform.Hosting.Tests.Manifests;

/// <summary>The models whose manifests are golden files: the name of each is that of its file.</summary>
internal static class ManifestModels
{
    /// <summary>As AppHost/Program.cs has it.</summary>
    public static void WebProject(ModelFolder folder, IDistributedApplicationBuilder builder) =>
        builder.AddProject("webapp", folder.AddWebProject("WebApp"))
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithHttpProbe(ProbeType.Readiness, "/health")
            .WithHttpProbe(ProbeType.Liveness, "/alive")
            .WithReplicas(2);

    /// <summary>Every resource type, and every form of value.</summary>
    public static void Wide(ModelFolder folder, IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter("cache-password", secret: true);
        var greeting = builder.AddParameter("greeting", "Hello & welcome, <you>", publishValueAsDefault: true);
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
            "orders", ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.HostAndPort)},password={password}"));
        var url = ReferenceExpression.Create($"redis://:{password:uri}@{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)}");

        var migration = builder.AddProject("migration", folder.AddProject("Migration")).WithReference(database).WaitForStart(cache);
        var api = builder.AddProject("api", folder.AddWebProject("Api", "https://localhost:7001;http://localhost:5001"))
            .WithHttpEndpoint(name: "admin")
            .WithHttpEndpoint(port: 9000, name: "metrics", env: "METRICS_PORT")
            .WithEndpoint(name: "raw")
            .WithReference(database)
            .WithReference(legacy, optional: true)
            .WithReference(builder.AddExternalService("weather", "https://api.weather.example"))
            .WithReference("maps", new Uri("https://maps.example/"))
            .WithHttpHealthCheck("/health", endpointName: "admin")
            .WithHttpHealthCheck("/teapot", statusCode: 418)
            .WaitFor(cache)
            .WaitForCompletion(migration, exitCode: 3)
            .WithArgs("--verbose", "--greeting", greeting);
        builder.AddContainer("proxy", "ghcr.io/example/proxy@sha256:" + new string('a', 64))
            .WithHttpEndpoint(port: 8000)
            .WithHttpsEndpoint(port: 443, targetPort: 8443)
            .WithEndpoint(targetPort: 53, name: "dns", protocol: ProtocolType.Udp)
            .WithExternalHttpEndpoints()
            .WithHttpProbe(ProbeType.Startup, "/up", initialDelaySeconds: 0, failureThreshold: 30)
            .WithParentRelationship(api)
            .WithReference(api)
            .WithEnvironment("UPSTREAM", api.GetEndpoint("HTTP"))
            .WithEnvironment("ADMIN", $"{api.GetEndpoint("admin").Property(EndpointProperty.Host)}:{api.GetEndpoint("admin").Property(EndpointProperty.Port)}")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["PLAIN"] = "{\"json\":true}";
                context.EnvironmentVariables["BUILDER"] = password;
                context.EnvironmentVariables["RESOURCE"] = database.Resource;
                context.EnvironmentVariables["EXPRESSION"] = url;
                context.EnvironmentVariables["NESTED"] = ReferenceExpression.Create($"{url}/{{0}}");
                context.EnvironmentVariables["ENCODED_URL"] = ReferenceExpression.Create($"?back={api.GetEndpoint("http"):uri}&to={"a b":uri}");
                context.EnvironmentVariables["MODE"] = context.ExecutionContext.IsPublishMode ? "publish" : "run";
            });
        builder.AddExecutable("script", "python3", "../scripts", "serve.py", "--port", "0")
            .WithHttpEndpoint(env: "PORT")
            .WithExplicitStart()
            .WaitFor(database)
            .WithEnvironment("ORDERS", database);
    }

    /// <summary>Parameters of all kinds.</summary>
    public static void Parameters(ModelFolder folder, IDistributedApplicationBuilder builder)
    {
        builder.AddParameter("plain").WithDescription("How many rows.");
        builder.AddParameter("hidden", secret: true);
        builder.AddParameter("with-value", "not published");
        builder.AddParameter("with-default", "published", publishValueAsDefault: true);
        builder.AddParameter("from-configuration", () => "not published either", secret: true);
        builder.AddParameterFromConfiguration("elsewhere", "Section:Key");
        builder.AddParameter("generated", new GenerateParameterDefault(), secret: true, persist: true);
        builder.AddParameter(
            "generated-to-measure",
            new GenerateParameterDefault
            {
                MinLength = 10,
                Upper = false,
                Numeric = false,
                Special = false,
                MinLower = 1,
                MinUpper = 2,
                MinNumeric = 3,
                MinSpecial = 4,
            },
            secret: true);
        builder.AddConnectionString("database");
        builder.AddProject("worker", folder.AddProject("Worker")).WithReference(builder.AddConnectionString("queue", "QUEUE_URL"));
    }

    /// <summary>Images built from a Dockerfile.</summary>
    public static void Dockerfile(ModelFolder folder, IDistributedApplicationBuilder builder)
    {
        folder.AddFile("frontend/Dockerfile", "FROM scratch");
        folder.AddFile("tools/Tools.Dockerfile", "FROM scratch");
        folder.AddFile("tools/npmrc", "");
        var tools = builder.AddDockerfile("tools", "../tools", "Tools.Dockerfile", stage: "final")
            .WithBuildArg("VERSION", "1.2")
            .WithBuildArg("DEBUG", true)
            .WithBuildArg("RETRIES", 3)
            .WithBuildArg("CHANNEL", builder.AddParameter("channel"))
            .WithBuildSecret("TOKEN", builder.AddParameter("token", secret: true));
        tools.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Single().BuildSecrets["npmrc"] = new FileInfo(Path.Combine(folder.Root, "tools", "npmrc"));
        builder.AddDockerfile("frontend", "../frontend").WithHttpEndpoint(targetPort: 3000, env: "PORT").WithExternalHttpEndpoints();
    }

    /// <summary>Entries of a resource's own, and resources that are left out.</summary>
    public static void Custom(ModelFolder folder, IDistributedApplicationBuilder builder)
    {
        var stack = builder.AddContainer("stack", "example/stack").WithManifestPublishingCallback(context =>
        {
            context.Writer.WriteString("type", "aws.cloudformation.template.v0");
            context.Writer.WriteString("stack-name", "data");
            context.Writer.WriteString("template-path", context.GetManifestRelativePath(Path.Combine(folder.Root, "infra", "data.yaml")));
            context.Writer.WriteStartArray("references");
            context.Writer.WriteEndArray();
        });
        var left = builder.AddContainer("inspector", "example/inspector").ExcludeFromManifest();
        builder.AddProject("web", folder.AddWebProject("Web")).WaitFor(stack).WaitFor(left).WithParentRelationship(left).DisableForwardedHeaders();
        builder.AddParameter("shape", new ShapeDefault());
    }

    /// <summary>What Aspire writes although the schema does not allow it: a resource without a form, a build argument without a value.</summary>
    public static void Exceptions(ModelFolder folder, IDistributedApplicationBuilder builder)
    {
        builder.AddResource(new ClockResource("clock"));
        folder.AddFile("image/Dockerfile", "FROM scratch");
        builder.AddDockerfile("image", "../image").WithBuildArg("FROM_ENVIRONMENT", (object?)null);
    }

    /// <summary>Names at the edge of what is allowed, and texts that JSON escapes.</summary>
    public static void Exotic(ModelFolder folder, IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter("Pass-Word-1", secret: true);
        builder.AddParameter("Pass-Word-1-uri-encoded");
        builder.AddContainer(new string('x', 64), "localhost:5000/team/image")
            .WithEndpoint(targetPort: 80, scheme: "net.tcp", name: "A-1")
            .WithEndpoint(targetPort: 81, name: "b")
            .WithEndpoint("b", endpoint => endpoint.Transport = "http2")
            .WithEnvironment("Ünïcode", "Grüße „wörtlich“ 🚀")
            .WithEnvironment("with space", "tab\tnew\nline \"quoted\" back\\slash 'single' +")
            .WithEnvironment("EMPTY", (string?)null)
            .WithEnvironment("URL", $"https://u:{password:uri}@h/{{literal}}")
            .WithArgs("", "{not an expression}", "--a={Pass-Word-1.value}");
    }

    private sealed class ClockResource(string name) : Resource(name);

    private sealed class ShapeDefault : ParameterDefault
    {
        public override string GetDefaultValue() => "round";

        public override void WriteToManifest(ManifestPublishingContext context) => context.Writer.WriteString("value", "round");
    }
}
