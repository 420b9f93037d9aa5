using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Hosting.Run;

/// <summary>How an application is run.</summary>
internal sealed record RunSettings
{
    /// <summary>The AppHost.</summary>
    public required AppHostProject Project { get; init; }

    /// <summary>What the dashboard calls the application.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>The environment, such as <c>Development</c>.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>Whether the dashboard is started.</summary>
    public required bool Dashboard { get; init; }

    /// <summary>The dashboard's port; null takes a free one.</summary>
    public int? DashboardPort { get; init; }

    /// <summary>Whether no port is fixed, so that several runs do not collide: in tests, and with Aspire's own <c>DcpPublisher:RandomizePorts</c>.</summary>
    public bool RandomPorts { get; init; }

    /// <summary>Whether nobody is asked for missing parameters.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Whether states and addresses are printed.</summary>
    public bool Terminal { get; init; } = true;

    /// <summary>How long a resource may take to get healthy before that is reported; it goes on. <c>AppHost:HealthyDeadlineSeconds</c>, 60 by default.</summary>
    public TimeSpan HealthyDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a resource that ends with an error is started again, by name: <c>AppHost:RestartOnFailure:NAME</c>. None by default:
    /// a crash stays visible.
    /// </summary>
    public ImmutableDictionary<string, int> RestartOnFailure { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Where the bundle is, before all other places: <c>AppHost:BundlePath</c>.</summary>
    public string? BundlePath { get; init; }

    /// <summary><c>docker</c> or <c>podman</c>; null takes the one that answers. <c>ASPIRE_CONTAINER_RUNTIME</c> or <c>AppHost:ContainerRuntime</c>.</summary>
    public string? ContainerRuntime { get; init; }

    public static RunSettings From(DistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        return new RunSettings
        {
            Project = builder.Project,
            ApplicationName = builder.Options.DashboardApplicationName ?? builder.Project.Name,
            EnvironmentName = builder.Environment.EnvironmentName,
            Dashboard = !builder.Options.DisableDashboard && !builder.Arguments.NoDashboard,
            DashboardPort = builder.Arguments.DashboardPort,
            RandomPorts = builder.Options.ForTest || configuration["DcpPublisher:RandomizePorts"] is "true" or "True",
            NonInteractive = builder.Arguments.NonInteractive,
            Terminal = !builder.Options.ForTest,
            HealthyDeadline = TimeSpan.FromSeconds(Number(configuration["AppHost:HealthyDeadlineSeconds"]) ?? 60),
            RestartOnFailure = configuration.GetSection("AppHost:RestartOnFailure").GetChildren()
                .ToImmutableDictionary(entry => entry.Key, entry => Number(entry.Value) ?? 0, StringComparer.OrdinalIgnoreCase),
            BundlePath = configuration["AppHost:BundlePath"],
            ContainerRuntime = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["AppHost:ContainerRuntime"],
        };
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
