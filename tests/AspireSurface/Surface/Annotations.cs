#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public partial interface IResourceAnnotation;

public sealed partial class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

public enum ResourceAnnotationMutationBehavior { Append = 0, Replace = 1 }

[Experimental("ASPIREINTERACTION001")] public partial class InputGeneratorAnnotation : IResourceAnnotation
{
    public InputGeneratorAnnotation(Func<ParameterResource, InteractionInput> inputGenerator) { }
    public Func<ParameterResource, InteractionInput> InputGenerator => throw null!;
}

public sealed partial class ExecutableAnnotation : IResourceAnnotation
{
    public required string Command { get => throw null!; set { } }
    public required string WorkingDirectory { get => throw null!; set { } }
}

public sealed partial class ContainerImageAnnotation : IResourceAnnotation
{
    public required string Image { get => throw null!; set { } }
    public string? Registry { get => throw null!; set { } }
    public string? SHA256 { get => throw null!; set { } }
    public string? Tag { get => throw null!; set { } }
}

public sealed partial class ContainerMountAnnotation : IResourceAnnotation
{
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) { }
    public bool IsReadOnly => throw null!;
    public string? Source => throw null!;
    public string Target => throw null!;
    public ContainerMountType Type => throw null!;
}

public enum ContainerMountType { BindMount = 0, Volume = 1 }

public enum ContainerLifetime { Session = 0, Persistent = 1 }

public enum ImagePullPolicy { Default = 0, Always = 1, Missing = 2, Never = 3 }

public sealed partial class ContainerLifetimeAnnotation : IResourceAnnotation
{
    public required ContainerLifetime Lifetime { get => throw null!; set { } }
}

public sealed partial class ContainerNameAnnotation : IResourceAnnotation
{
    public required string Name { get => throw null!; set { } }
}

public sealed partial class ContainerNetworkAliasAnnotation : IResourceAnnotation
{
    public ContainerNetworkAliasAnnotation(string alias) { }
    public string Alias => throw null!;
    public NetworkIdentifier Network { get => throw null!; set { } }
}

public sealed partial class ContainerImagePullPolicyAnnotation : IResourceAnnotation
{
    public required ImagePullPolicy ImagePullPolicy { get => throw null!; set { } }
}

public sealed partial class ContainerRuntimeArgsCallbackAnnotation : IResourceAnnotation
{
    public ContainerRuntimeArgsCallbackAnnotation(Action<IList<object>> callback) { }
    public ContainerRuntimeArgsCallbackAnnotation(Func<ContainerRuntimeArgsCallbackContext, Task> callback) { }
    public Func<ContainerRuntimeArgsCallbackContext, Task> Callback => throw null!;
}

public sealed partial class ContainerRuntimeArgsCallbackContext
{
    public ContainerRuntimeArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default) { }
    public IList<object> Args => throw null!;
    public CancellationToken CancellationToken => throw null!;
}

public sealed partial class ProxySupportAnnotation : IResourceAnnotation
{
    public required bool ProxyEnabled { get => throw null!; set { } }
}

public partial class DockerfileBuildAnnotation : IResourceAnnotation
{
    public DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) { }
    public Dictionary<string, object?> BuildArguments => throw null!;
    public Dictionary<string, object> BuildSecrets => throw null!;
    public string ContextPath => throw null!;
    public string DockerfilePath => throw null!;
    public bool HasEntrypoint { get => throw null!; set { } }
    public string? ImageName { get => throw null!; set { } }
    public string? ImageTag { get => throw null!; set { } }
    public string? Stage => throw null!;
}

public partial class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) { }
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback) { }
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) { }
    public EnvironmentCallbackAnnotation(string name, Func<string> callback) { }
    public Func<EnvironmentCallbackContext, Task> Callback => throw null!;
}

public partial class EnvironmentCallbackContext
{
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default) { }
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default) { }
    public CancellationToken CancellationToken => throw null!;
    public Dictionary<string, object> EnvironmentVariables => throw null!;
    public DistributedApplicationExecutionContext ExecutionContext => throw null!;
    public ILogger Logger { get => throw null!; set { } }
    public IResource Resource => throw null!;
}

public partial class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback) { }
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) { }
    public Func<CommandLineArgsCallbackContext, Task> Callback => throw null!;
}

public sealed partial class CommandLineArgsCallbackContext
{
    public CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default) { }
    public CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default) { }
    public IList<object> Args => throw null!;
    public CancellationToken CancellationToken => throw null!;
    public DistributedApplicationExecutionContext ExecutionContext { get => throw null!; init { } }
    public ILogger Logger { get => throw null!; init { } }
    public IResource Resource => throw null!;
}

public sealed partial class WaitAnnotation : IResourceAnnotation
{
    public WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) { }
    public int ExitCode => throw null!;
    public IResource Resource => throw null!;
    public WaitBehavior? WaitBehavior { get => throw null!; init { } }
    public WaitType WaitType => throw null!;
}

public enum WaitBehavior { WaitOnResourceUnavailable = 0, StopOnResourceUnavailable = 1 }

public enum WaitType { WaitUntilHealthy = 0, WaitForCompletion = 1, WaitUntilStarted = 2 }

public sealed partial class ReplicaAnnotation : IResourceAnnotation
{
    public ReplicaAnnotation(int replicas = 1) { }
    public int Replicas => throw null!;
}

public partial class HealthCheckAnnotation : IResourceAnnotation
{
    public HealthCheckAnnotation(string key) { }
    public string Key => throw null!;
}

[Experimental("ASPIREPROBES001")] public enum ProbeType { Startup = 0, Readiness = 1, Liveness = 2 }

[Experimental("ASPIREPROBES001")] public abstract partial class ProbeAnnotation : IResourceAnnotation
{
    public int FailureThreshold { get => throw null!; init { } }
    public int InitialDelaySeconds { get => throw null!; init { } }
    public int PeriodSeconds { get => throw null!; init { } }
    public int SuccessThreshold { get => throw null!; init { } }
    public int TimeoutSeconds { get => throw null!; set { } }
    public required ProbeType Type { get => throw null!; init { } }
}

public sealed partial class ExplicitStartupAnnotation : IResourceAnnotation;

public sealed partial class DisableForwardedHeadersAnnotation : IResourceAnnotation;

public sealed partial class ExcludeLaunchProfileAnnotation : IResourceAnnotation;

public sealed partial class LaunchProfileAnnotation : IResourceAnnotation
{
    public LaunchProfileAnnotation(string launchProfileName) { }
    public string LaunchProfileName => throw null!;
}

public sealed partial class DefaultLaunchProfileAnnotation : IResourceAnnotation
{
    public DefaultLaunchProfileAnnotation(string launchProfileName) { }
    public string LaunchProfileName => throw null!;
}

public partial class OtlpExporterAnnotation : IResourceAnnotation
{
    public OtlpProtocol? RequiredProtocol { get => throw null!; init { } }
}

public sealed partial class ResourceRelationshipAnnotation : IResourceAnnotation
{
    public ResourceRelationshipAnnotation(IResource resource, string type) { }
    public IResource Resource => throw null!;
    public string Type => throw null!;
}

public sealed partial class ResourceIconAnnotation : IResourceAnnotation
{
    public ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) { }
    public string IconName => throw null!;
    public IconVariant IconVariant => throw null!;
}

public enum IconVariant { Regular = 0, Filled = 1 }

public partial class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    public ManifestPublishingCallbackAnnotation(Action<ManifestPublishingContext>? callback) { }
    public ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback) { }
    public Func<ManifestPublishingContext, Task>? Callback => throw null!;
    public static ManifestPublishingCallbackAnnotation Ignore => throw null!;
}

public sealed partial class ResourceUrlAnnotation : IResourceAnnotation
{
    public int? DisplayOrder;
    public UrlDisplayLocation DisplayLocation { get => throw null!; set { } }
    public string? DisplayText { get => throw null!; set { } }
    public EndpointReference? Endpoint { get => throw null!; init { } }
    public required string Url { get => throw null!; set { } }
}

public enum UrlDisplayLocation { SummaryAndDetails = 0, DetailsOnly = 1 }

public sealed partial class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback) { }
    public ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) { }
    public Func<ResourceUrlsCallbackContext, Task> Callback => throw null!;
}

public partial class ResourceUrlsCallbackContext
{
    public ResourceUrlsCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null, CancellationToken cancellationToken = default) { }
    public CancellationToken CancellationToken => throw null!;
    public DistributedApplicationExecutionContext ExecutionContext => throw null!;
    public ILogger Logger { get => throw null!; set { } }
    public IResource Resource => throw null!;
    public List<ResourceUrlAnnotation> Urls => throw null!;
    public EndpointReference? GetEndpoint(string name, NetworkIdentifier contextNetworkId) => throw null!;
    public EndpointReference? GetEndpoint(string name) => throw null!;
}
