using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>A fake application with resources of all kinds, as a run would publish them.</summary>
internal static class Shop
{
    private static readonly DateTime Started = DateTime.UtcNow.AddMinutes(-3);

    public static async Task OpenAsync(FakeApplication application)
    {
        await application.Notifications.PublishUpdateAsync(Parameter("db-password"), _ => new CustomResourceSnapshot
        {
            ResourceType = KnownResourceTypes.Parameter,
            State = new("Running", null),
            CreationTimeStamp = Started,
            Properties = [new(KnownProperties.Source, "Parameters:db-password"), new(KnownProperties.ParameterValue, "pa55word") { IsSensitive = true }],
        });
        await application.Notifications.PublishUpdateAsync(Parameter("region"), _ => new CustomResourceSnapshot
        {
            ResourceType = KnownResourceTypes.Parameter,
            State = new(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn),
            CreationTimeStamp = Started,
            Properties = [new(KnownProperties.Source, "Parameters:region")],
        });
        var database = new ContainerResource("database");
        database.Annotations.Add(Stop(application, database));
        await application.Notifications.PublishUpdateAsync(database, snapshot => snapshot with
        {
            ResourceType = KnownResourceTypes.Container,
            State = KnownResourceStates.Running,
            CreationTimeStamp = Started,
            StartTimeStamp = Started.AddSeconds(2),
            Properties =
            [
                new(KnownProperties.Source, "docker.io/library/postgres:17"),
                new(KnownProperties.ContainerImage, "docker.io/library/postgres:17"),
                new(KnownProperties.ContainerId, "0123456789abcdef0123456789abcdef"),
                new(KnownProperties.ContainerPorts, (string[])["5432"]),
            ],
            EnvironmentVariables = [new("POSTGRES_PASSWORD", "pa55word", true)],
            Urls = [new("tcp", "tcp://localhost:5432", false)],
            Volumes = [new("shop-data", "/var/lib/postgresql/data", "volume", false)],
        });
        await application.Notifications.PublishUpdateAsync(
            FakeApplication.Resource("migrations", new ResourceRelationshipAnnotation(database, KnownRelationshipTypes.Parent)),
            snapshot => snapshot with
            {
                ResourceType = KnownResourceTypes.Executable,
                State = KnownResourceStates.Exited,
                ExitCode = 3,
                CreationTimeStamp = Started,
                StartTimeStamp = Started.AddSeconds(4),
                StopTimeStamp = Started.AddSeconds(5),
                Properties =
                [
                    new(KnownProperties.ExecutablePath, "/usr/bin/flyway"), new(KnownProperties.ExecutableArgs, (string[])["migrate", "--strict"]),
                    new(KnownProperties.ExecutableWorkDir, "/src"), new(KnownProperties.ExecutablePid, 4242),
                ],
                Relationships = [new("database", KnownRelationshipTypes.Parent)],
            });
        await PublishWebAsync(application, database);
        await application.Notifications.PublishUpdateAsync(
            FakeApplication.Resource("payments"),
            snapshot => snapshot with
            {
                ResourceType = KnownResourceTypes.ExternalService,
                State = KnownResourceStates.Running,
                CreationTimeStamp = Started,
                Properties = [new(KnownProperties.Source, "https://payments.example/")],
                Urls = [new(null, "https://payments.example/", false)],
            });
        await application.Notifications.PublishUpdateAsync(
            FakeApplication.Resource("secret-sidecar"),
            snapshot => snapshot with { ResourceType = "Executable", State = KnownResourceStates.Running, IsHidden = true });
    }

    private static Task PublishWebAsync(FakeApplication application, IResource database)
    {
        var web = new ProjectResource("web");
        web.Annotations.Add(new OtlpExporterAnnotation());
        web.Annotations.Add(new ResourceInstancesAnnotation(["web-abcdefgh"]));
        web.Annotations.Add(new ResourceRelationshipAnnotation(database, KnownRelationshipTypes.Reference));
        web.Annotations.Add(Stop(application, web));
        web.Annotations.Add(new ResourceCommandAnnotation(
            "warm", "Warm the cache", _ => ResourceCommandState.Enabled, context =>
            {
                application.Loggers.Append(context.ResourceName, "The cache is warm.", isError: false);
                return Task.FromResult(CommandResults.Success() with { Message = "12 pages are cached" });
            },
            "Reads every page once", null, null, "Fire", IconVariant.Regular, isHighlighted: false));
        return application.Notifications.PublishUpdateAsync(web, snapshot => snapshot with
        {
            ResourceType = KnownResourceTypes.Project,
            State = KnownResourceStates.Running,
            CreationTimeStamp = Started,
            StartTimeStamp = Started.AddSeconds(3),
            Properties = [new(KnownProperties.ProjectPath, "/src/Web/Web.csproj"), new(KnownProperties.ExecutablePid, 4711), new(KnownProperties.ProjectLaunchProfile, "http")],
            EnvironmentVariables = [new("ASPNETCORE_ENVIRONMENT", "Development", true), new("Db__Password", "pa55word", true), new("HOME", "/root", false)],
            Urls = [new("http", "http://localhost:5080", false) { DisplayProperties = new("Shop", 1) }, new("admin", "http://localhost:5081", false)],
            HealthReports =
            [
                new("web_http_/health_200_check", HealthStatus.Healthy, "200 in 3 ms", null) { LastRunAt = DateTime.UtcNow },
                new("web_self", null, null, null),
            ],
            Relationships = [new("database", KnownRelationshipTypes.Reference), new("database", KnownRelationshipTypes.WaitFor)],
        });
    }

    private static ParameterResource Parameter(string name) => new(name, _ => "");

    private static ResourceCommandAnnotation Stop(FakeApplication application, IResource resource) => new(
        "stop",
        "Stop",
        context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        async context =>
        {
            await application.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                State = KnownResourceStates.Finished,
                ExitCode = 0,
                StopTimeStamp = DateTime.UtcNow,
                Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = true })],
                HealthReports = [],
            });
            return CommandResults.Success();
        },
        "Stops the resource", null, null, "Stop", IconVariant.Filled, isHighlighted: true);
}
