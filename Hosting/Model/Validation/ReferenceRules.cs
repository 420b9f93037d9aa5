using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Validation;

/// <summary>Whatever a resource refers to is part of the application, and of the manifest if that is written.</summary>
internal static class ReferenceRules
{
    public static IEnumerable<Problem> Check(IResource resource, DistributedApplicationModel model, bool publish)
    {
        var reported = new HashSet<(string, string)>();
        foreach (var (place, target) in Targets(resource))
        {
            if (!model.Resources.Any(known => ReferenceEquals(known, target)))
            {
                if (reported.Add((target.Name, "")))
                {
                    yield return ModelProblems.UnknownResource(
                        resource.Name, place, target.Name, ClosestName.Among(model.Resources.Select(known => known.Name), target.Name));
                }
            }
            else if (publish && place is not ("waitFor" or "parent" or "urls") && target.IsExcludedFromPublish() && !resource.IsExcludedFromPublish())
            {
                yield return ModelProblems.NotInManifest(resource.Name, place, target.Name);
            }
        }

        foreach (var (place, endpoint) in Endpoints(resource).Where(used => !used.Endpoint.Exists))
        {
            if (reported.Add((endpoint.Resource.Name, endpoint.EndpointName)))
            {
                yield return ModelProblems.UnknownEndpoint(
                    resource.Name,
                    place,
                    endpoint.Resource.Name,
                    endpoint.EndpointName,
                    endpoint.Resource.Annotations.OfType<EndpointAnnotation>().Select(known => known.Name));
            }
        }
    }

    private static IEnumerable<(string Place, IResource Target)> Targets(IResource resource)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            yield return ("waitFor", wait.Resource);
        }

        foreach (var reference in resource.Annotations.OfType<ValueReferenceAnnotation>())
        {
            foreach (var target in ValueReferences.ResourcesIn(reference.Value))
            {
                yield return (reference.Place, target);
            }
        }

        if (resource is IResourceWithConnectionString and not ParameterResource)
        {
            foreach (var target in ValueReferences.ResourcesIn(resource).Where(part => !ReferenceEquals(part, resource)))
            {
                yield return ("connectionString", target);
            }
        }

        foreach (var relation in resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(known => known.Type == KnownRelationshipTypes.Parent))
        {
            yield return ("parent", relation.Resource);
        }
    }

    private static IEnumerable<(string Place, EndpointReference Endpoint)> Endpoints(IResource resource)
    {
        foreach (var reference in resource.Annotations.OfType<ValueReferenceAnnotation>())
        {
            foreach (var endpoint in ValueReferences.EndpointsIn(reference.Value))
            {
                yield return (reference.Place, endpoint);
            }
        }

        foreach (var check in resource.Annotations.OfType<HttpHealthCheckAnnotation>())
        {
            yield return ("healthChecks", check.Endpoint());
        }

        foreach (var probe in resource.Annotations.OfType<EndpointProbeAnnotation>())
        {
            yield return ("probes", probe.EndpointReference);
        }
    }
}
