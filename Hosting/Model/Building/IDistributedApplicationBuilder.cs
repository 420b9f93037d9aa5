using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Eventing;

namespace Platform.Hosting;

/// <summary>Collects the model of an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Values from <c>appsettings.json</c>, the user secrets, the environment and the command line; the later wins.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the AppHost project; relative paths in the model start there.</summary>
    string AppHostDirectory { get; }

    /// <summary>The AppHost's assembly; null where it is unknown.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>The environment, such as <c>Development</c>.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The services of the host itself, such as health checks.</summary>
    IServiceCollection Services { get; }

    /// <summary>Tells of events.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>Whether the application runs or is published.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Its builder.</returns>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>Makes a builder for a resource without adding it.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Its builder.</returns>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Checks the model and makes the application.</summary>
    /// <returns>The application.</returns>
    /// <exception cref="DistributedApplicationException">The model has problems; all of them are in the message.</exception>
    DistributedApplication Build();
}

/// <summary>How the host is made.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, where it is not the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the AppHost project, where it is not known from the build.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Whether no dashboard is started.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>What the dashboard calls the application; the AppHost's name by default.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Accepted for compatibility: all traffic stays on the loopback interface.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Accepted for compatibility: the console output of the resources is in the dashboard, and that of a crash on the terminal.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>The AppHost's assembly, where a test knows it.</summary>
    internal Assembly? Assembly { get; set; }

    /// <summary>The environment; null takes that of the process.</summary>
    internal string? EnvironmentName { get; set; }

    /// <summary>Whether ports are free ones and the terminal stays quiet.</summary>
    internal bool ForTest { get; set; }
}
