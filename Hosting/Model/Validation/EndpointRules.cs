using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Validation;

/// <summary>Endpoints have unique names in their resource and unique public ports in the application.</summary>
internal static class EndpointRules
{
    public static IEnumerable<Problem> Check(IResource resource, bool publish)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        foreach (var same in endpoints.GroupBy(endpoint => endpoint.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()))
        {
            yield return ModelProblems.DuplicateEndpoint(resource.Name, same.Key);
        }

        foreach (var endpoint in endpoints)
        {
            if (NameRules.WhyInvalid(endpoint.Name) is { } reason)
            {
                yield return ModelProblems.InvalidEndpointName(resource.Name, endpoint.Name, reason);
            }

            foreach (var port in new[] { endpoint.Port, endpoint.TargetPort }.OfType<int>().Where(port => port is < 1 or > 65535))
            {
                yield return ModelProblems.InvalidPort(resource.Name, endpoint.Name, port);
            }

            if (resource is ContainerResource && endpoint.TargetPort is null && endpoint.Port is null)
            {
                yield return ModelProblems.NoPortForContainer(resource.Name, endpoint.Name);
            }

            if (!publish && resource is not ContainerResource && resource.GetReplicaCount() is var replicas and > 1 && WhyOnePort(endpoint) is { } why)
            {
                yield return ModelProblems.ReplicasShareAPort(resource.Name, endpoint.Name, replicas, why);
            }
        }
    }

    public static IEnumerable<Problem> CheckClashes(DistributedApplicationModel model)
    {
        var fixedPorts = model.Resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint, Port: PublicPort(resource, endpoint))))
            .Where(wanted => wanted.Port is not null)
            .GroupBy(wanted => (wanted.Port, wanted.endpoint.Protocol));
        foreach (var same in fixedPorts)
        {
            var (first, firstEndpoint, port) = same.First();
            foreach (var (second, secondEndpoint, _) in same.Skip(1))
            {
                yield return ModelProblems.PortClash(port ?? 0, first.Name, firstEndpoint.Name, second.Name, secondEndpoint.Name);
            }
        }
    }

    private static string? WhyOnePort(EndpointAnnotation endpoint) =>
        endpoint.TargetPort is { } port ? $"has the fixed target port {port}" : endpoint.IsProxied ? null : "has no proxy";

    // Without a proxy the port that a process listens on is the public one; a container's own port is inside the container.
    private static int? PublicPort(IResource resource, EndpointAnnotation endpoint) =>
        endpoint.Port ?? (endpoint.IsProxied || resource is ContainerResource ? null : endpoint.TargetPort);
}
