using Google.Protobuf;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dashboard;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class ResourceRendererTests
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithIndentation());
    private static readonly DateTime Noon = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Everything_that_is_known_of_a_resource_is_rendered()
    {
        var database = FakeApplication.Resource("database", new ResourceInstancesAnnotation(["database-1", "database-2"]));
        var web = FakeApplication.Resource(
            "web",
            new OtlpExporterAnnotation(),
            new ResourceIconAnnotation("Globe", IconVariant.Regular),
            new ResourceRelationshipAnnotation(database, KnownRelationshipTypes.Parent));

        Golden.Matches(Json.Format(ResourceRenderer.Render(new ResourceEvent(web, "web-7", new CustomResourceSnapshot
        {
            ResourceType = KnownResourceTypes.Project,
            State = new("Running", KnownResourceStateStyles.Success),
            CreationTimeStamp = Noon,
            StartTimeStamp = Noon.AddSeconds(1),
            StopTimeStamp = Noon.AddSeconds(2),
            ExitCode = 0,
            IsHidden = true,
            EnvironmentVariables = [new("PORT", "80", true), new("HOME", "/root", false), new("LATER", null, true)],
            Properties =
            [
                new(KnownProperties.ProjectPath, "/src/Web/Web.csproj"),
                new(KnownProperties.ExecutablePid, 42),
                new(KnownProperties.AppArgs, (string[])["--verbose", "x"]),
                new("token", "abc") { IsSensitive = true },
                new("none", null),
                new("flag", true),
                new("since", TimeSpan.FromMinutes(1)),
            ],
            Urls =
            [
                new("http", "http://localhost:80", false) { IsInactive = true, DisplayProperties = new("Home", 3) },
                new(null, "https://wiki", true),
            ],
            Volumes = [new("data", "/var/lib", "volume", true), new(null, "/tmp", "bind", false)],
            Relationships = [new("database", KnownRelationshipTypes.Parent), new("cache", KnownRelationshipTypes.Reference)],
            HealthReports =
            [
                new("ready", HealthStatus.Degraded, "slow", null) { LastRunAt = Noon },
                new("deep", HealthStatus.Unhealthy, null, "System.TimeoutException") { LastRunAt = Noon },
                new("light", HealthStatus.Healthy, null, null) { LastRunAt = Noon },
                new("pending", null, null, null),
            ],
            Commands =
            [
                new("stop", ResourceCommandState.Enabled, "Stop", "Stops it", "p", "Sure?", "Stop", IconVariant.Filled, true),
                new("start", ResourceCommandState.Disabled, "Start", null, null, null, "Play", null, false),
                new("restart", ResourceCommandState.Hidden, "Restart", null, null, null, null, null, false),
            ],
        }), Noon.AddYears(1))) + "\n", "dashboard-resource.json");
    }

    [Fact]
    public void A_resource_of_which_nothing_is_known_is_rendered_without_a_state()
    {
        var web = new ResourceEvent(FakeApplication.Resource("web"), "web-7", new CustomResourceSnapshot { ResourceType = "Executable", Properties = [] });

        Golden.Matches(Json.Format(ResourceRenderer.Render(web, Noon)) + "\n", "dashboard-resource-unknown.json");
    }

    [Theory]
    [InlineData("Exited", 1, null, "error")]
    [InlineData("Exited", 0, null, "")]
    [InlineData("Exited", null, null, "")]
    [InlineData("Exited", 1, "info", "info")]
    [InlineData("Finished", 1, null, "")]
    public void An_exit_with_another_code_than_0_is_an_error(string state, int? exitCode, string? style, string expected)
    {
        var rendered = ResourceRenderer.Render(new ResourceEvent(
            FakeApplication.Resource("web"),
            "web",
            new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], State = new(state, style), ExitCode = exitCode }),
            Noon);

        Assert.Equal(expected, rendered.StateStyle);
    }
}
