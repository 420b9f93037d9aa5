using System.Collections.Immutable;
using System.Diagnostics;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Manifests;

/// <summary>Reads what a deployer wants to know and the manifest format has no place for.</summary>
internal static class HintBinder
{
    /// <summary>The hints of a resource; empty where there is nothing to say.</summary>
    public static DeploymentHints HintsOf(IResource resource)
    {
        var checks = ChecksOf(resource);
        return new DeploymentHints(resource.Name)
        {
            Replicas = resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : null,
            Probes = ProbesOf(resource, checks),
            Checks = checks,
            WaitFor = WaitsOf(resource),
            ExplicitStart = resource.Annotations.OfType<ExplicitStartupAnnotation>().Any(),
            Parent = ParentOf(resource) is { } parent && ManifestScope.Holds(parent) ? parent.Name : null,
            Description = (resource as ParameterResource)?.Description,
        };
    }

    private static ImmutableArray<ProbeHint> ProbesOf(IResource resource, ImmutableArray<HealthCheckHint> checks)
    {
        var said = resource.Annotations.OfType<EndpointProbeAnnotation>().ToList();
        var probes = ImmutableArray.CreateBuilder<ProbeHint>();
        foreach (var type in new[] { ProbeType.Startup, ProbeType.Readiness, ProbeType.Liveness })
        {
            if (said.FindLast(probe => probe.Type == type) is { } probe)
            {
                var endpoint = Listening(probe.EndpointReference);
                probes.Add(new ProbeHint(KindOf(type), probe.Path, NameOf(endpoint), endpoint.IsHttps, new ProbeTiming(
                    probe.InitialDelaySeconds, probe.PeriodSeconds, probe.TimeoutSeconds, probe.FailureThreshold, probe.SuccessThreshold)));
            }
            else if (type == ProbeType.Readiness && checks.FirstOrDefault(IsSuccess) is { } check)
            {
                var isHttps = ((IResourceWithEndpoints)resource).GetEndpoint(check.Binding).IsHttps;
                probes.Add(new ProbeHint(KindOf(type), check.Path, check.Binding, isHttps, Timing: null));
            }
        }

        return probes.ToImmutable();
    }

    private static ImmutableArray<HealthCheckHint> ChecksOf(IResource resource) =>
    [
        .. resource.Annotations.OfType<HttpHealthCheckAnnotation>()
            .Select(check => new HealthCheckHint(check.Path, NameOf(Listening(check.Endpoint())), check.StatusCode))
            .Distinct(),
    ];

    private static ImmutableArray<WaitHint> WaitsOf(IResource resource) =>
    [
        .. resource.Annotations.OfType<WaitAnnotation>()
            .Where(wait => ManifestScope.Holds(wait.Resource) && wait.Resource is not (ParameterResource or IResourceWithoutLifetime))
            .Select(wait => wait.WaitType switch
            {
                WaitType.WaitUntilHealthy => new WaitHint(wait.Resource.Name, "healthy", ExitCode: null),
                WaitType.WaitUntilStarted => new WaitHint(wait.Resource.Name, "started", ExitCode: null),
                WaitType.WaitForCompletion => new WaitHint(wait.Resource.Name, "completed", wait.ExitCode),
                _ => throw new UnreachableException(),
            })
            .Distinct(),
    ];

    private static IResource? ParentOf(IResource resource) =>
        (resource as IResourceWithParent)?.Parent
        ?? resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(known => known.Type == KnownRelationshipTypes.Parent)?.Resource;

    // Nobody listens on an endpoint whose TLS ends in front of the container: what it serves is asked for by HTTP.
    private static EndpointReference Listening(EndpointReference endpoint) =>
        endpoint.Resource is ProjectResource && ProjectEnvironment.EndsInFrontOf(endpoint)
            ? endpoint.Resource.GetEndpoints().FirstOrDefault(other => other.IsHttp) ?? endpoint
            : endpoint;

    private static string NameOf(EndpointReference endpoint) => endpoint.EndpointAnnotation.Name;

    // What Kubernetes takes for a success of an HTTP probe.
    private static bool IsSuccess(HealthCheckHint check) => check.StatusCode is >= 200 and < 400;

    private static string KindOf(ProbeType type) => type.ToString().ToLowerInvariant();
}
