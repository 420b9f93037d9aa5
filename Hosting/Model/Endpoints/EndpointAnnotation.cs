using System.Net.Sockets;

namespace Platform.Hosting.ApplicationModel;

/// <summary>An address that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _transport;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">Scheme of its URL; the protocol's name where it is null.</param>
    /// <param name="transport"><c>http</c>, <c>http2</c> or <c>tcp</c>; derived from the scheme where it is null.</param>
    /// <param name="name">Name, unique in the resource; the scheme where it is null.</param>
    /// <param name="port">Public port; null lets a free one be taken.</param>
    /// <param name="targetPort">Port that the resource itself listens on; null lets a free one be taken.</param>
    /// <param name="isExternal">Whether it can be reached from outside after a deployment.</param>
    /// <param name="isProxied">Whether a proxy holds the public port, over restarts and for all replicas.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>Unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Scheme of the endpoint's URL.</summary>
    public string UriScheme { get; set; }

    /// <summary><c>http</c>, <c>http2</c> or <c>tcp</c>.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>The public port; null for a free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the resource itself listens on; null for a free one.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The address that the resource listens on.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Whether it can be reached from outside after a deployment.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy holds the public port.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether <c>WithReference</c> of the whole resource leaves this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Where it ended up; null until the application has started.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _ = _allocated.TrySetResult(value);
        }
    }

    /// <summary>Whether the endpoint was read from a launch profile.</summary>
    internal bool FromLaunchProfile { get; init; }

    /// <summary>The variable that the resource finds its port in; null where nobody asked for one.</summary>
    internal string? PortVariable { get; set; }

    internal Task<AllocatedEndpoint> WaitUntilAllocatedAsync(CancellationToken cancellationToken) => _allocated.Task.WaitAsync(cancellationToken);
}

/// <summary>Where an endpoint of the running application can be reached.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="address">Host name or address.</param>
/// <param name="port">Public port.</param>
public sealed class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>Host name or address.</summary>
    public string Address { get; } = address;

    /// <summary>Public port.</summary>
    public int Port { get; } = port;

    /// <summary>Scheme of the URL.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Address and port.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>The URL.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
