using System.Collections.Immutable;
using System.Net.Sockets;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Manifests;

/// <summary>Gives every endpoint the ports that it has in the manifest. One for all resources: what it hands out is unique among them.</summary>
/// <param name="problems">Where problems are added.</param>
internal sealed class ManifestPorts(ICollection<Problem> problems)
{
    private readonly HashSet<int> _used = [];
    private int _next = 8000;

    /// <summary>The bindings of a resource.</summary>
    public ImmutableArray<ManifestBinding> BindingsOf(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        return [.. endpoints.Select((endpoint, i) => BindingOf(resource, endpoint, endpoints.Take(i)))];
    }

    private ManifestBinding BindingOf(IResource resource, EndpointAnnotation endpoint, IEnumerable<EndpointAnnotation> before)
    {
        // The deployer chooses the port of a project's first HTTP endpoint, usually 8080, and that of its first HTTPS endpoint.
        var left = resource is ProjectResource
            && endpoint is { UriScheme: "http" or "https", TargetPort: null }
            && before.All(other => other.UriScheme != endpoint.UriScheme);
        var target = endpoint.TargetPort ?? (resource is ContainerResource ? endpoint.Port : null) ?? (left ? null : Free());
        foreach (var port in new[] { target, endpoint.Port }.OfType<int>())
        {
            _ = _used.Add(port);
        }

        return new ManifestBinding(
            endpoint.Name,
            endpoint.UriScheme,
            endpoint.Protocol.ToString().ToLowerInvariant(),
            TransportOf(resource, endpoint),
            endpoint.Port == target ? null : endpoint.Port,
            target,
            endpoint.IsExternal);
    }

    private int Free()
    {
        while (!_used.Add(_next))
        {
            _next++;
        }

        return _next;
    }

    // The schema has no transport for UDP; "tcp" stands for everything that is not HTTP.
    private string TransportOf(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint is { Protocol: ProtocolType.Udp, Transport: "udp" })
        {
            return "tcp";
        }

        if (endpoint.Transport is not ("http" or "http2" or "tcp"))
        {
            problems.Add(ManifestProblems.InvalidTransport(resource.Name, endpoint.Name, endpoint.Transport));
        }

        return endpoint.Transport;
    }
}
