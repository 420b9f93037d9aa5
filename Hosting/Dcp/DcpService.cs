using System.Text.Json.Serialization.Metadata;

namespace Platform.Hosting.Dcp;

/// <summary>A public port on this machine, forwarded to whatever produces the service.</summary>
internal sealed record DcpService : IDcpObject<DcpService>
{
    public static string Plural => "services";

    public static JsonTypeInfo<DcpService> TypeInfo => DcpJson.Default.DcpService;

    public static string Kind => "Service";

    public required DcpMetadata Metadata { get; init; }

    public required DcpServiceSpec Spec { get; init; }

    /// <summary>Written by DCP only.</summary>
    public DcpServiceStatus? Status { get; init; }
}

internal sealed record DcpServiceSpec
{
    public string? Address { get; init; }

    /// <summary>The wanted public port; null for a free one. DCP is silent about a taken port: check it first (<see cref="PortCheck"/>).</summary>
    public int? Port { get; init; }

    /// <summary><c>TCP</c> or <c>UDP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>One of <see cref="DcpAddressAllocation"/>; null means <see cref="DcpAddressAllocation.Localhost"/>.</summary>
    public string? AddressAllocationMode { get; init; }
}

internal static class DcpAddressAllocation
{
    /// <summary>All loopback addresses.</summary>
    public const string Localhost = "Localhost";
    public const string IPv4ZeroOne = "IPv4ZeroOne";
    public const string IPv6ZeroOne = "IPv6ZeroOne";

    /// <summary>No proxy: the producer itself binds the port, which must be given on both sides.</summary>
    public const string Proxyless = "Proxyless";
}

internal sealed record DcpServiceStatus
{
    /// <summary><c>NotReady</c> or, as soon as a producer runs, <c>Ready</c>: which does not say that it listens.</summary>
    public string? State { get; init; }

    public string? EffectiveAddress { get; init; }

    /// <summary>Known a few milliseconds after a proxied service was created; of a proxyless one when its producer runs.</summary>
    public int? EffectivePort { get; init; }
}

/// <summary>One place where a service is served; DCP makes these itself from <see cref="DcpAnnotations.ServiceProducer"/>.</summary>
internal sealed record DcpEndpoint : IDcpObject<DcpEndpoint>
{
    public static string Plural => "endpoints";

    public static JsonTypeInfo<DcpEndpoint> TypeInfo => DcpJson.Default.DcpEndpoint;

    public static string Kind => "Endpoint";

    public required DcpMetadata Metadata { get; init; }

    public required DcpEndpointSpec Spec { get; init; }
}

/// <param name="ServiceNamespace">Always empty: objects have no namespace.</param>
internal sealed record DcpEndpointSpec(string ServiceNamespace, string ServiceName, string Address, int Port);
