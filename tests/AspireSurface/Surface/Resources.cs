#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public partial interface IResource
{
    ResourceAnnotationCollection Annotations { get; }
    string Name { get; }
}

public abstract partial class Resource : IResource
{
    protected Resource(string name) { }
    public virtual ResourceAnnotationCollection Annotations => throw null!;
    public virtual string Name => throw null!;
}

public partial interface IResourceBuilder<out T> where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }
    T Resource { get; }
    IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append) where TAnnotation : IResourceAnnotation;
    IResourceBuilder<T> WithAnnotation<TAnnotation>(ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append) where TAnnotation : IResourceAnnotation, new() => throw null!;
}

public partial interface IResourceCollection : IList<IResource>
{
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}

public partial interface IComputeResource : IResource;

public partial interface IContainerFilesDestinationResource : IResource;

public partial interface IResourceWithArgs : IResource;

public partial interface IResourceWithEnvironment : IResource;

public partial interface IResourceWithoutLifetime : IResource;

[Experimental("ASPIREPROBES001")] public partial interface IResourceWithProbes : IResource;

public partial interface IResourceWithWaitSupport : IResource;

[AttributeUsage(AttributeTargets.Parameter)] public sealed partial class ResourceNameAttribute : Attribute, IModelNameParameter;

public partial interface IResourceWithConnectionString : IResource, IExpressionValue, IValueWithReferences
{
    string? ConnectionStringEnvironmentVariable => throw null!;
    ReferenceExpression ConnectionStringExpression { get; }
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => throw null!;
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => throw null!;
}

public partial interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

public partial interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    new T Parent { get; }
}

public partial class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource
{
    public ProjectResource(string name) : base(default!) { }
}

public static partial class ProjectResourceExtensions
{
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) => throw null!;
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model) => throw null!;
}

public partial class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public ExecutableResource(string name, string command, string workingDirectory) : base(default!) { }
    public string Command => throw null!;
    public string WorkingDirectory => throw null!;
}

public partial class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public ContainerResource(string name, string? entrypoint = null) : base(default!) { }
    public string? Entrypoint { get => throw null!; set { } }
    [Experimental("ASPIRECONTAINERSHELLEXECUTION001")] public bool? ShellExecution { get => throw null!; set { } }
}

public partial class DistributedApplicationModel
{
    public DistributedApplicationModel(IResourceCollection resources) { }
    public DistributedApplicationModel(IEnumerable<IResource> resources) { }
    public IResourceCollection Resources => throw null!;
}

public static partial class ResourceExtensions
{
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName, NetworkIdentifier contextNetworkId) => throw null!;
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => throw null!;
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource, NetworkIdentifier contextNetworkId) => throw null!;
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) => throw null!;
    [Obsolete("Obsolete in Aspire.")] public static ValueTask<string[]> GetArgumentValuesAsync(this IResourceWithArgs resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run) => throw null!;
    [Obsolete("Obsolete in Aspire.")] public static ValueTask<Dictionary<string, string>> GetEnvironmentVariableValuesAsync(this IResourceWithEnvironment resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run) => throw null!;
    public static int GetReplicaCount(this IResource resource) => throw null!;
    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource) where T : IResourceAnnotation => throw null!;
    public static bool HasAnnotationOfType<T>(this IResource resource) where T : IResourceAnnotation => throw null!;
    public static bool IsExcludedFromPublish(this IResource resource) => throw null!;
    public static bool RequiresImageBuild(this IResource resource) => throw null!;
    public static bool RequiresImageBuildAndPush(this IResource resource) => throw null!;
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result) where T : IResourceAnnotation => throw null!;
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result) where T : IResourceAnnotation => throw null!;
    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName) => throw null!;
    public static bool TryGetContainerMounts(this IResource resource, [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts) => throw null!;
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) => throw null!;
    public static bool TryGetEnvironmentVariables(this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) => throw null!;
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation) where T : IResourceAnnotation => throw null!;
    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls) => throw null!;
}
