// Everything that Platform.Hosting takes over from Aspire.Hosting, used once. This file is compiled twice: against the declarations of
// Aspire.Hosting (tests/AspireSurface) and against Platform.Hosting (tests/Hosting.Tests). Namespaces come from the project files.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AppHostSample;

public sealed class WebProject : IProjectMetadata
{
    public string ProjectPath => "web/web.csproj";
}

public static class Sample
{
    public static DistributedApplication Build(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
        var (plain, secret) = AddParameters(builder);
        var database = builder.AddConnectionString("database", ReferenceExpression.Create($"Host=db;Password={secret}"));
        var legacy = builder.AddConnectionString("legacy", "LEGACY_DB");
        var payments = builder.AddExternalService("payments", "https://payments.example").WithHttpHealthCheck("/status", 204);
        builder.AddExternalService("mail", new Uri("https://mail.example"));
        builder.AddExternalService("search", plain);

        var cache = AddContainers(builder, secret);
        var migration = AddExecutables(builder, database);
        var web = AddWeb(builder, plain, secret, cache);
        web.WithReference(database)
            .WithReference(legacy, connectionName: "old", optional: true)
            .WithReference(payments)
            .WithReference(cache.GetEndpoint("tcp"))
            .WithReference("docs", new Uri("https://docs.example"))
            .WaitFor(cache)
            .WaitFor(cache, WaitBehavior.StopOnResourceUnavailable)
            .WaitForStart(payments)
            .WaitForCompletion(migration, exitCode: 0);
        builder.AddProject("worker", "worker/worker.csproj").WithReference(web).WaitForStart(web).WithExplicitStart();
        builder.AddProject("batch", "batch/batch.csproj", launchProfileName: null).WithParentRelationship(web).ExcludeFromManifest();
        AddEvents(builder, web);
        return builder.Build();
    }

    private static (IResourceBuilder<ParameterResource> Plain, IResourceBuilder<ParameterResource> Secret) AddParameters(IDistributedApplicationBuilder builder)
    {
        builder.AddParameter("zone", "a", publishValueAsDefault: true);
        builder.AddParameter("now", () => "today");
        builder.AddParameterFromConfiguration("tenant", "Tenant:Name");
        builder.AddParameter("key", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
        return (builder.AddParameter("region").WithDescription("Where it runs."), builder.AddParameter("password", secret: true));
    }

    private static IResourceBuilder<ContainerResource> AddContainers(IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> secret)
    {
        builder.AddDockerfile("proxy", "../proxy", "Containerfile", "final")
            .WithBuildArg("VERSION", "1")
            .WithBuildSecret("TOKEN", secret)
            .WithHttpEndpoint(targetPort: 8080)
            .WithBindMount("../proxy/conf", "/etc/proxy", isReadOnly: true)
            .WithEntrypoint("/bin/proxy");
        return builder.AddContainer("cache", "redis", "7.4")
            .WithImageRegistry("registry.example")
            .WithImagePullPolicy(ImagePullPolicy.Missing)
            .WithContainerName("the-cache")
            .WithContainerRuntimeArgs("--cpus", "1")
            .WithLifetime(ContainerLifetime.Session)
            .WithEndpoint(port: 6379, targetPort: 6379, scheme: "tcp", name: "tcp")
            .WithVolume("cache-data", "/data")
            .WithVolume("/tmp/cache")
            .WithArgs("--requirepass", secret);
    }

    private static IResourceBuilder<ExecutableResource> AddExecutables(IDistributedApplicationBuilder builder, IResourceBuilder<ConnectionStringResource> database)
    {
        builder.AddExecutable("tool", "tool", ".", "--once", "--verbose").WithWorkingDirectory("..");
        return builder.AddExecutable("migration", "migrate", ".", "up")
            .WithReference(database)
            .WithArgs(context => context.Args.Add(builder.ExecutionContext.IsRunMode ? "--local" : "--cloud"))
            .WithArgs(async context =>
            {
                await Task.Yield();
                context.Args.Add("--last");
            });
    }

    private static IResourceBuilder<ProjectResource> AddWeb(
        IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> plain,
        IResourceBuilder<ParameterResource> secret,
        IResourceBuilder<ContainerResource> cache)
    {
        builder.Services.AddHealthChecks().AddCheck("custom", () => HealthCheckResult.Healthy());
        builder.AddProject<WebProject>("preview", launchProfileName: "preview");
        builder.AddProject<WebProject>("bare", options => options.ExcludeLaunchProfile = true);
        var web = builder.AddProject<WebProject>("web");
        var endpoint = cache.GetEndpoint("tcp");
        return web.WithReplicas(2)
            .WithHttpEndpoint(port: 8080, name: "admin", env: "ADMIN_PORT")
            .WithHttpsEndpoint()
            .WithEndpoint("http", annotation => annotation.IsExternal = true)
            .WithExternalHttpEndpoints()
            .WithEnvironment("TEXT", "value")
            .WithEnvironment("REGION", plain)
            .WithEnvironment("CACHE", endpoint)
            .WithEnvironment("CACHE_HOST", endpoint.Property(EndpointProperty.Host))
            .WithEnvironment("CACHE_URL", $"redis://{endpoint.Property(EndpointProperty.HostAndPort)}?password={secret}")
            .WithEnvironment("SELF", ReferenceExpression.Create($"{web.GetEndpoint("http")}/self"))
            .WithEnvironment("LATE", () => "late")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["MODE"] = context.ExecutionContext.IsPublishMode ? "publish" : "run";
                context.EnvironmentVariables["SECRET"] = secret.Resource;
            })
            .WithHttpHealthCheck("/health", 200, "http")
            .WithHttpHealthCheck(() => web.GetEndpoint("admin"), "/ready")
            .WithHealthCheck("custom")
            .WithHttpProbe(ProbeType.Startup, "/health", initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 30)
            .WithHttpProbe(ProbeType.Readiness, "/health", successThreshold: 1)
            .WithHttpProbe(ProbeType.Liveness, "/alive", endpointName: "admin")
            .WithUrl("https://wiki.example", "Wiki")
            .WithUrl($"{web.GetEndpoint("http")}/about", "About")
            .WithUrlForEndpoint("admin", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithUrls(context => context.Urls.Add(new ResourceUrlAnnotation { Url = "https://runbook.example", DisplayText = "Runbook" }))
            .WithCommand(
                "clear",
                "Clear the cache",
                context => Task.FromResult(context.ResourceName.Length > 0 ? CommandResults.Success() : CommandResults.Failure("no name")),
                new CommandOptions
                {
                    Description = "Empties it.",
                    ConfirmationMessage = "Sure?",
                    IconName = "Delete",
                    IconVariant = IconVariant.Filled,
                    IsHighlighted = true,
                    UpdateState = context =>
                        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
                });
    }

    private static void AddEvents(IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> web)
    {
        builder.Eventing.Subscribe<BeforeStartEvent>((started, cancellationToken) => Task.CompletedTask);
        builder.Eventing.Subscribe<ResourceReadyEvent>(web.Resource, (ready, cancellationToken) => Task.CompletedTask);
        web.OnBeforeResourceStarted((resource, starting, cancellationToken) => Task.CompletedTask)
            .OnResourceReady((resource, ready, cancellationToken) => Task.CompletedTask)
            .OnResourceStopped((resource, stopped, cancellationToken) =>
            {
                stopped.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource).LogInformation("stopped");
                return Task.CompletedTask;
            });
    }
}
