using System.Text.Json.Serialization.Metadata;

namespace Platform.Hosting.Dcp;

/// <summary>A bridge network in which containers find each other by name.</summary>
internal sealed record DcpContainerNetwork : IDcpObject<DcpContainerNetwork>
{
    public static string Plural => "containernetworks";

    public static JsonTypeInfo<DcpContainerNetwork> TypeInfo => DcpJson.Default.DcpContainerNetwork;

    public static string Kind => "ContainerNetwork";

    public required DcpMetadata Metadata { get; init; }

    public required DcpContainerNetworkSpec Spec { get; init; }

    public DcpContainerNetworkStatus? Status { get; init; }
}

internal sealed record DcpContainerNetworkSpec
{
    /// <summary>The engine's name for it; null for the object's name and a random suffix.</summary>
    public string? NetworkName { get; init; }

    public bool? Ipv6 { get; init; }

    public bool? Persistent { get; init; }
}

internal sealed record DcpContainerNetworkStatus
{
    /// <summary><c>Pending</c>, <c>Running</c>, <c>FailedToStart</c>, <c>Removed</c> or <c>NotFound</c>.</summary>
    public string? State { get; init; }

    public string? Id { get; init; }

    public string? NetworkName { get; init; }

    public IReadOnlyList<string>? Subnets { get; init; }

    public IReadOnlyList<string>? Gateways { get; init; }

    public string? Message { get; init; }
}

internal sealed record DcpContainerVolume : IDcpObject<DcpContainerVolume>
{
    public static string Plural => "containervolumes";

    public static JsonTypeInfo<DcpContainerVolume> TypeInfo => DcpJson.Default.DcpContainerVolume;

    public static string Kind => "ContainerVolume";

    public required DcpMetadata Metadata { get; init; }

    public required DcpContainerVolumeSpec Spec { get; init; }

    public DcpContainerVolumeStatus? Status { get; init; }
}

/// <param name="Name">The engine's name for it.</param>
/// <param name="Persistent">Null means true: volumes outlive the session.</param>
internal sealed record DcpContainerVolumeSpec(string Name, bool? Persistent);

/// <param name="State"><c>Pending</c>, <c>RuntimeUnhealthy</c> or <c>Ready</c>.</param>
internal sealed record DcpContainerVolumeStatus(string? State);

/// <summary>A command run inside a running container.</summary>
internal sealed record DcpContainerExec : IDcpObject<DcpContainerExec>
{
    public static string Plural => "containerexecs";

    public static JsonTypeInfo<DcpContainerExec> TypeInfo => DcpJson.Default.DcpContainerExec;

    public static string Kind => "ContainerExec";

    public required DcpMetadata Metadata { get; init; }

    public required DcpContainerExecSpec Spec { get; init; }

    public DcpContainerExecStatus? Status { get; init; }
}

internal sealed record DcpContainerExecSpec
{
    /// <summary>The object name of the container.</summary>
    public required string ContainerName { get; init; }

    public required string Command { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<DcpNameValue>? Env { get; init; }

    public string? WorkingDirectory { get; init; }
}

internal sealed record DcpContainerExecStatus
{
    /// <summary>One of <see cref="DcpExecutableState"/>.</summary>
    public string? State { get; init; }

    public DateTimeOffset? StartupTimestamp { get; init; }

    public DateTimeOffset? FinishTimestamp { get; init; }

    public int? ExitCode { get; init; }
}
