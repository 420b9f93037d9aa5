using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Eventing;
using Platform.Hosting.Problems;

namespace Platform.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private IServiceProvider? _services;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        Options = options;
        Project = AppHostProject.Of(options);
        Arguments = AppHostArguments.Parse(options.Args ?? []);
        Environment = new AppHostEnvironment(Project, options.EnvironmentName);
        ExecutionContext = new DistributedApplicationExecutionContext(
            Arguments.Operation,
            () => _services ?? throw new InvalidOperationException("The services exist once the application is built."));

        try
        {
            AddConfiguration();
        }
        catch (InvalidDataException broken)
        {
            // "Failed to load configuration from file '/…/appsettings.json'."; the innermost exception has the line.
            var file = broken.Message.Split('\'') is [_, var path, ..] ? path : "appsettings.json";
            throw new DistributedApplicationException(UsageProblems.BrokenSettings(file, broken.GetBaseException().Message), broken);
        }

        _ = Services.AddSingleton<IConfiguration>(Configuration).AddSingleton(Environment).AddSingleton(ExecutionContext);
    }

    public DistributedApplicationOptions Options { get; }

    public AppHostProject Project { get; }

    public AppHostArguments Arguments { get; }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory => Project.Directory;

    public Assembly? AppHostAssembly => Project.Assembly;

    public IHostEnvironment Environment { get; }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        Interception.Current?.OnBuilding(this);
        var application = DistributedApplication.Create(this);
        _services = application.Services;
        Interception.Current?.OnBuilt(application);
        return application;
    }

    private void AddConfiguration()
    {
        _ = Configuration
            .AddInMemoryCollection([new("AppHost:Directory", Project.Directory), new("AppHost:Name", Project.Name)])
            .AddJsonFile(Settings("appsettings.json"), optional: true, reloadOnChange: false)
            .AddJsonFile(Settings($"appsettings.{Environment.EnvironmentName}.json"), optional: true, reloadOnChange: false);
        if (Environment.IsDevelopment() && Project.Assembly is { } assembly)
        {
            _ = Configuration.AddUserSecrets(assembly, optional: true, reloadOnChange: false);
        }

        _ = Configuration.AddEnvironmentVariables().AddCommandLine([.. Arguments.Configuration]);
    }

    private string Settings(string file) => Path.Combine(Project.Directory, file);

    private sealed class AppHostEnvironment(AppHostProject project, string? name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } =
            name
            ?? System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? System.Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environments.Production;

        public string ApplicationName { get; set; } = project.Name;

        public string ContentRootPath { get; set; } = project.Directory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

/// <summary>
/// Lets a test run an AppHost's own <c>Main</c> up to <c>Build()</c>, change the model there, and take over the application.
/// It flows with the call, so that several tests can do so at once.
/// </summary>
internal abstract class Interception
{
    private static readonly AsyncLocal<Interception?> Flowing = new();

    public static Interception? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Changes the options before the builder exists.</summary>
    public abstract void OnCreating(DistributedApplicationOptions options);

    /// <summary>Holds <c>Build()</c> until the test has changed the model.</summary>
    public abstract void OnBuilding(DistributedApplicationBuilder builder);

    /// <summary>Takes over the application.</summary>
    public abstract void OnBuilt(DistributedApplication application);

    /// <summary>Stands for <c>Run()</c>: waits until the test is done with the application.</summary>
    public abstract Task OnRunAsync(CancellationToken cancellationToken);
}
