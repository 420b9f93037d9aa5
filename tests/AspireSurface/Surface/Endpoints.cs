#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public partial interface IResourceWithEndpoints : IResource;

[AttributeUsage(AttributeTargets.Parameter)] public sealed partial class EndpointNameAttribute : Attribute, IModelNameParameter;

public partial record NetworkIdentifier(string Value);

public static partial class KnownNetworkIdentifiers
{
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = null!;
    public static readonly NetworkIdentifier LocalhostNetwork = null!;
    public static readonly NetworkIdentifier PublicInternet = null!;
}

public static partial class KnownHostNames
{
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";
    public const string DockerDesktopHostBridge = "host.docker.internal";
    public const string Localhost = "localhost";
}

public partial class AllocatedEndpoint
{
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null, NetworkIdentifier? networkId = null) { }
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null) { }
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null) { }
    public string Address => throw null!;
    public EndpointBindingMode BindingMode => throw null!;
    public EndpointAnnotation Endpoint => throw null!;
    public string EndPointString => throw null!;
    public NetworkIdentifier NetworkID => throw null!;
    public int Port => throw null!;
    public string? TargetPortExpression => throw null!;
    public string UriScheme => throw null!;
    public string UriString => throw null!;
    public override string ToString() => throw null!;
}

public enum EndpointBindingMode { SingleAddress = 0, DualStackAnyAddresses = 1, IPv4AnyAddresses = 2, IPv6AnyAddresses = 3 }

public sealed partial class EndpointAnnotation : IResourceAnnotation
{
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme, string? transport, string? name, int? port, int? targetPort, bool? isExternal, bool isProxied) { }
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null) { }
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme, string? transport, string? name, int? port, int? targetPort, bool? isExternal, bool isProxied) { }
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null) { }
    public NetworkEndpointSnapshotList AllAllocatedEndpoints => throw null!;
    public AllocatedEndpoint? AllocatedEndpoint { get => throw null!; set { } }
    public NetworkIdentifier DefaultNetworkID => throw null!;
    public bool ExcludeReferenceEndpoint { get => throw null!; set { } }
    public bool? IsExplicitlyProxied { get => throw null!; set { } }
    public bool IsExternal { get => throw null!; set { } }
    public bool IsProxied { get => throw null!; set { } }
    public string Name { get => throw null!; set { } }
    public int? Port { get => throw null!; set { } }
    public ProtocolType Protocol { get => throw null!; set { } }
    public string TargetHost { get => throw null!; set { } }
    public int? TargetPort { get => throw null!; set { } }
    public bool TlsEnabled { get => throw null!; set { } }
    public string Transport { get => throw null!; set { } }
    public string UriScheme { get => throw null!; set { } }
}

public enum EndpointProperty { Url = 0, Host = 1, IPV4Host = 2, Port = 3, Scheme = 4, TargetPort = 5, HostAndPort = 6, TlsEnabled = 7 }

public sealed partial class EndpointReference : IExpressionValue, IValueWithReferences
{
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint, NetworkIdentifier? contextNetworkId) { }
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint) { }
    public EndpointReference(IResourceWithEndpoints owner, string endpointName, NetworkIdentifier? contextNetworkId = null) { }
    public EndpointReference(IResourceWithEndpoints owner, string endpointName) { }
    public NetworkIdentifier? ContextNetworkID => throw null!;
    public EndpointAnnotation EndpointAnnotation => throw null!;
    public string EndpointName => throw null!;
    public string? ErrorMessage { get => throw null!; init { } }
    public bool ExcludeReferenceEndpoint => throw null!;
    public bool Exists => throw null!;
    public string Host => throw null!;
    public bool IsAllocated => throw null!;
    public bool IsHttp => throw null!;
    public bool IsHttps => throw null!;
    public bool IsHttpSchemeNamedEndpoint => throw null!;
    public int Port => throw null!;
    public IResourceWithEndpoints Resource => throw null!;
    public string Scheme => throw null!;
    public int? TargetPort => throw null!;
    public bool TlsEnabled => throw null!;
    public string Url => throw null!;
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) => throw null!;
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => throw null!;
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => throw null!;
    public EndpointReferenceExpression Property(EndpointProperty property) => throw null!;
}

public partial class EndpointReferenceExpression : IExpressionValue, IValueWithReferences
{
    public EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) { }
    public EndpointReference Endpoint => throw null!;
    public EndpointProperty Property => throw null!;
    public string ValueExpression => throw null!;
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => throw null!;
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => throw null!;
}

public sealed partial class EndpointReferenceAnnotation : IResourceAnnotation
{
    public EndpointReferenceAnnotation(IResourceWithEndpoints resource) { }
    public NetworkIdentifier ContextNetworkId { get => throw null!; set { } }
    public ISet<string> EndpointNames => throw null!;
    public IResourceWithEndpoints Resource => throw null!;
    public bool UseAllEndpoints { get => throw null!; set { } }
}

[Experimental("ASPIREPROBES001")] public sealed partial class EndpointProbeAnnotation : ProbeAnnotation
{
    public required EndpointReference EndpointReference { get => throw null!; init { } }
    public required string Path { get => throw null!; init { } }
}
