using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Hosting.ApplicationModel;

/// <summary>The annotations of one resource, in the order in which they were added.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

/// <summary>Reads annotations by their type.</summary>
public static class ResourceExtensions
{
    /// <summary>The last annotation of a type.</summary>
    /// <typeparam name="T">The annotation's type.</typeparam>
    /// <param name="resource">The resource to look at.</param>
    /// <param name="annotation">The annotation; null where there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>All annotations of a type, in the order in which they were added.</summary>
    /// <typeparam name="T">The annotation's type.</typeparam>
    /// <param name="resource">The resource to look at.</param>
    /// <param name="result">The annotations; null where there are none.</param>
    /// <returns>Whether there is at least one.</returns>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        var found = resource.Annotations.OfType<T>().ToList();
        result = found.Count > 0 ? found : null;
        return result is not null;
    }

    /// <summary>The endpoints of a resource.</summary>
    /// <param name="resource">The resource to look at.</param>
    /// <returns>One reference an endpoint, in the order in which they were added.</returns>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint))];

    /// <summary>An endpoint of a resource by its name. It need not exist yet.</summary>
    /// <param name="resource">The resource to look at.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <returns>A reference that is resolved when its value is asked for.</returns>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    /// <summary>How many instances run.</summary>
    /// <param name="resource">The resource to look at.</param>
    /// <returns>At least 1, where nothing else was said.</returns>
    public static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    /// <summary>Whether the resource is left out of the manifest.</summary>
    /// <param name="resource">The resource to look at.</param>
    /// <returns>True after <c>ExcludeFromManifest</c>.</returns>
    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault()?.Callback is null
        && resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().Any();
}
