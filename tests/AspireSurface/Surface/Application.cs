#nullable enable
namespace Aspire.Hosting;

public partial class DistributedApplication : IHost, IDisposable, IAsyncDisposable
{
    public DistributedApplication(IHost host) { }
    public ResourceCommandService ResourceCommands => throw null!;
    public ResourceNotificationService ResourceNotifications => throw null!;
    public IServiceProvider Services => throw null!;
    public static IDistributedApplicationBuilder CreateBuilder() => throw null!;
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => throw null!;
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => throw null!;
    public virtual void Dispose() => throw null!;
    public virtual ValueTask DisposeAsync() => throw null!;
    public void Run() => throw null!;
    public virtual Task RunAsync(CancellationToken cancellationToken = default) => throw null!;
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => throw null!;
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => throw null!;
}

public partial interface IDistributedApplicationBuilder
{
    Assembly? AppHostAssembly { get; }
    string AppHostDirectory { get; }
    ConfigurationManager Configuration { get; }
    IHostEnvironment Environment { get; }
    IDistributedApplicationEventing Eventing { get; }
    DistributedApplicationExecutionContext ExecutionContext { get; }
    [Experimental("ASPIREFILESYSTEM001")] IFileSystemService FileSystemService { get; }
    [Experimental("ASPIREPIPELINES001")] IDistributedApplicationPipeline Pipeline { get; }
    IResourceCollection Resources { get; }
    IServiceCollection Services { get; }
    [Experimental("ASPIREUSERSECRETS001")] IUserSecretsManager UserSecretsManager { get; }
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;
    DistributedApplication Build();
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;
}

public sealed partial class DistributedApplicationOptions
{
    public bool AllowUnsecuredTransport { get => throw null!; set { } }
    public string[]? Args { get => throw null!; set { } }
    public string? AssemblyName { get => throw null!; set { } }
    public string? ContainerRegistryOverride { get => throw null!; set { } }
    public string? DashboardApplicationName { get => throw null!; set { } }
    public bool? DeveloperCertificateDefaultHttpsTerminationEnabled { get => throw null!; set { } }
    public bool DisableDashboard { get => throw null!; set { } }
    public bool EnableResourceLogging { get => throw null!; set { } }
    public string? ProjectDirectory { get => throw null!; set { } }
    public bool? TrustDeveloperCertificate { get => throw null!; set { } }
}

public partial class DistributedApplicationExecutionContext
{
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options) { }
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName) { }
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation) { }
    public bool IsPublishMode => throw null!;
    public bool IsRunMode => throw null!;
    public DistributedApplicationOperation Operation => throw null!;
    public string PublisherName { get => throw null!; set { } }
    public IServiceProvider ServiceProvider => throw null!;
}

public partial class DistributedApplicationExecutionContextOptions
{
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName) { }
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) { }
    public DistributedApplicationOperation Operation => throw null!;
    public string? PublisherName => throw null!;
    public IServiceProvider? ServiceProvider { get => throw null!; set { } }
}

public enum DistributedApplicationOperation { Run = 0, Publish = 1 }

public partial class DistributedApplicationException : Exception
{
    public DistributedApplicationException() { }
    public DistributedApplicationException(string message, Exception inner) { }
    public DistributedApplicationException(string message) { }
}

public partial class MissingParameterValueException : DistributedApplicationException
{
    public MissingParameterValueException(string message, Exception innerException) { }
    public MissingParameterValueException(string message) { }
}

public sealed partial class ConnectionStringResource : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    public ConnectionStringResource(string name, ReferenceExpression connectionStringExpression) : base(default!) { }
    public ReferenceExpression ConnectionStringExpression => throw null!;
}

public sealed partial class ExternalServiceResource : Resource
{
    public ExternalServiceResource(string name, ParameterResource urlParameter) : base(default!) { }
    public ExternalServiceResource(string name, Uri uri) : base(default!) { }
    public Uri? Uri => throw null!;
    public ParameterResource? UrlParameter => throw null!;
}

public partial interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }
    LaunchSettings? LaunchSettings => throw null!;
    bool IsFileBasedApp => throw null!;
    bool SuppressBuild => throw null!;
}

public sealed partial class LaunchSettings
{
    public Dictionary<string, LaunchProfile> Profiles { get => throw null!; set { } }
}

public sealed partial class LaunchProfile
{
    public string? ApplicationUrl { get => throw null!; set { } }
    public string? CommandLineArgs { get => throw null!; set { } }
    public string? CommandName { get => throw null!; set { } }
    public bool? DotnetRunMessages { get => throw null!; set { } }
    public Dictionary<string, string> EnvironmentVariables { get => throw null!; set { } }
    public string? ExecutablePath { get => throw null!; set { } }
    public bool? LaunchBrowser { get => throw null!; set { } }
    public string? LaunchUrl { get => throw null!; set { } }
}

public partial interface IResourceWithContainerFiles : IResource;

public partial interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

[Experimental("ASPIREUSERSECRETS001")] public partial interface IUserSecretsManager
{
    string FilePath { get; }
    bool IsAvailable { get; }
    void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator);
    Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default);
    bool TryDeleteSecret(string name);
    bool TrySetSecret(string name, string value);
}

public enum OtlpProtocol { Grpc = 0, HttpProtobuf = 1, HttpJson = 2 }

public partial class ProjectResourceOptions
{
    public bool ExcludeKestrelEndpoints { get => throw null!; set { } }
    public bool ExcludeLaunchProfile { get => throw null!; set { } }
    public string? LaunchProfileName { get => throw null!; set { } }
}

public static partial class VolumeNameGenerator
{
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource => throw null!;
}
