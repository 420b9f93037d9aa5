using System.Text.Json.Serialization.Metadata;

namespace Platform.Hosting.Dcp;

/// <summary>An object that DCP keeps: an executable, a service, a container and so on.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
internal interface IDcpObject<TSelf>
    where TSelf : class, IDcpObject<TSelf>
{
    /// <summary>The last part of the kind's address, such as <c>executables</c>.</summary>
    static abstract string Plural { get; }

    static abstract JsonTypeInfo<TSelf> TypeInfo { get; }

    /// <summary>The kind as DCP spells it, such as <c>Executable</c>; the address says it too, so that bodies go without.</summary>
    static abstract string Kind { get; }

    DcpMetadata Metadata { get; }
}

/// <summary>What every object carries. Only name, labels and annotations are ours to write.</summary>
internal sealed record DcpMetadata
{
    /// <summary>Unique among the objects of a kind; letters, digits and <c>-._~</c>, at most 253.</summary>
    public required string Name { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Set by DCP; differs after delete and create under the same name.</summary>
    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once the object is being deleted; it is gone only when a read answers 404.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }
}

/// <summary>An environment variable, a header, a build argument.</summary>
internal sealed record DcpNameValue(string Name, string? Value);

/// <summary>Names of annotations that DCP acts on.</summary>
internal static class DcpAnnotations
{
    /// <summary>A JSON array of <see cref="DcpServiceProducer"/> on an executable or a container.</summary>
    public const string ServiceProducer = "service-producer";
}

/// <summary>Says that an executable or container serves a <see cref="DcpService"/>.</summary>
/// <param name="ServiceName">The service's object name.</param>
/// <param name="Address">What the program binds; null for DCP's choice.</param>
/// <param name="Port">The port which the program binds; null for a free one of its own (proxied services only).</param>
internal sealed record DcpServiceProducer(string ServiceName, string? Address, int? Port);
