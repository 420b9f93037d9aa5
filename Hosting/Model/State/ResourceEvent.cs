namespace Platform.Hosting.ApplicationModel;

/// <summary>A new snapshot of one instance of a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">The instance: <c>web-abcdefgh</c>, or the resource's name where it has no process of its own.</param>
/// <param name="snapshot">What is known of it now.</param>
public sealed class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The instance.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>What is known of it now.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

/// <summary>The instances that run a resource, named when the application is built.</summary>
/// <param name="Ids">One id a replica.</param>
internal sealed record ResourceInstancesAnnotation(IReadOnlyList<string> Ids) : IResourceAnnotation
{
    public static IReadOnlyList<string> IdsOf(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var instances) ? instances.Ids : [resource.Name];
}
