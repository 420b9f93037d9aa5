using System.Globalization;

namespace Platform.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, by name. Its value is its URL.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private readonly EndpointAnnotation? _endpoint;

    /// <summary>Refers to a known endpoint.</summary>
    /// <param name="owner">The resource that listens.</param>
    /// <param name="endpoint">The endpoint.</param>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Resource = owner;
        EndpointName = endpoint.Name;
        _endpoint = endpoint;
    }

    /// <summary>Refers to an endpoint that may be added later.</summary>
    /// <param name="owner">The resource that listens.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(endpointName);
        Resource = owner;
        EndpointName = endpointName;
    }

    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>Whether the resource has an endpoint of this name.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the endpoint has its port.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>Whether its scheme is <c>http</c>.</summary>
    public bool IsHttp => Scheme == "http";

    /// <summary>Whether its scheme is <c>https</c>.</summary>
    public bool IsHttps => Scheme == "https";

    /// <summary>What the resource says of the endpoint.</summary>
    public EndpointAnnotation EndpointAnnotation =>
        Find() ?? throw new InvalidOperationException($"The resource '{Resource.Name}' has no endpoint named '{EndpointName}'.");

    /// <summary>The scheme of its URL.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>The port that the resource itself listens on; null where a free one is taken.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>The public port.</summary>
    public int Port => Allocated.Port;

    /// <summary>The host name.</summary>
    public string Host => Allocated.Address;

    /// <summary>The URL.</summary>
    public string Url => Allocated.UriString;

    /// <inheritdoc />
    public string ValueExpression => ExpressionOf(EndpointProperty.Url);

    /// <inheritdoc />
    public IEnumerable<object> References => [Resource];

    private AllocatedEndpoint Allocated =>
        EndpointAnnotation.AllocatedEndpoint
        ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of '{Resource.Name}' has no port before the application has started.");

    /// <summary>One part of the endpoint's address.</summary>
    /// <param name="property">Which part.</param>
    /// <returns>The part, as a value.</returns>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    internal string ExpressionOf(EndpointProperty property)
    {
        var name = property.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{{{Resource.Name}.bindings.{Find()?.Name ?? EndpointName}.{char.ToLowerInvariant(name[0])}{name[1..]}}}");
    }

    private EndpointAnnotation? Find() =>
        _endpoint ?? Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The parts of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary>The whole URL.</summary>
    Url,

    /// <summary>The host name.</summary>
    Host,

    /// <summary>The host as an IPv4 address.</summary>
    IPV4Host,

    /// <summary>The public port.</summary>
    Port,

    /// <summary>The scheme.</summary>
    Scheme,

    /// <summary>The port that the resource itself listens on.</summary>
    TargetPort,

    /// <summary>Host and port, with a colon between.</summary>
    HostAndPort,

    /// <summary>Whether the endpoint speaks TLS: <c>True</c> or <c>False</c>.</summary>
    TlsEnabled,
}
