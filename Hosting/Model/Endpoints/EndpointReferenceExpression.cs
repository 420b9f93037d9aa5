using System.Diagnostics;
using System.Globalization;

namespace Platform.Hosting.ApplicationModel;

/// <summary>One part of an endpoint's address, known once the application has started.</summary>
/// <param name="endpointReference">The endpoint.</param>
/// <param name="property">Which part.</param>
public sealed class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference;

    /// <summary>Which part.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc />
    public string ValueExpression => Endpoint.ExpressionOf(Property);

    /// <inheritdoc />
    public IEnumerable<object> References => [Endpoint];

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        var annotation = Endpoint.EndpointAnnotation;
        if (Property is EndpointProperty.Scheme)
        {
            return annotation.UriScheme;
        }

        if (Property is EndpointProperty.TlsEnabled)
        {
            return (annotation.UriScheme is "https" or "rediss").ToString(CultureInfo.InvariantCulture);
        }

        if (Property is EndpointProperty.TargetPort && annotation.TargetPort is { } targetPort)
        {
            return targetPort.ToString(CultureInfo.InvariantCulture);
        }

        var allocated = await annotation.WaitUntilAllocatedAsync(cancellationToken);
        var (host, port) = EndpointAddress.Seen(by: context.Caller, Endpoint, allocated);
        return Property switch
        {
            EndpointProperty.Url => $"{annotation.UriScheme}://{host}:{port}",
            EndpointProperty.Host => host,
            EndpointProperty.IPV4Host => host == "localhost" ? "127.0.0.1" : host,
            EndpointProperty.Port => port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => $"{host}:{port}",
            EndpointProperty.TargetPort => throw new InvalidOperationException(
                $"The endpoint '{Endpoint.EndpointName}' of '{Endpoint.Resource.Name}' has no fixed target port; only the resource itself can ask for it."),
            _ => throw new UnreachableException(),
        };
    }
}

/// <summary>Containers and processes reach the same endpoint under different names.</summary>
internal static class EndpointAddress
{
    /// <summary>The name under which a container reaches the machine that it runs on.</summary>
    public const string HostOfContainers = "host.docker.internal";

    public static (string Host, int Port) Seen(IResource? by, EndpointReference endpoint, AllocatedEndpoint allocated)
    {
        if (by is not ContainerResource)
        {
            return (allocated.Address, allocated.Port);
        }

        return endpoint.Resource is ContainerResource
            ? (NetworkAlias(endpoint.Resource), endpoint.TargetPort ?? allocated.Port)
            : (HostOfContainers, allocated.Port);
    }

    /// <summary>The name of a container in the network that the containers of one application share.</summary>
    public static string NetworkAlias(IResource container) => $"{container.Name.ToLowerInvariant()}.dev.internal";
}
