using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Hosting.Dcp;

/// <summary>A container of the machine's Docker or Podman engine.</summary>
internal sealed record DcpContainer : IDcpObject<DcpContainer>
{
    public static string Plural => "containers";

    public static JsonTypeInfo<DcpContainer> TypeInfo => DcpJson.Default.DcpContainer;

    public static string Kind => "Container";

    public required DcpMetadata Metadata { get; init; }

    public required DcpContainerSpec Spec { get; init; }

    /// <summary>Written by DCP only.</summary>
    public DcpContainerStatus? Status { get; init; }
}

internal sealed record DcpContainerSpec
{
    /// <summary>Null only where <see cref="Build"/> is given.</summary>
    public string? Image { get; init; }

    public DcpContainerBuild? Build { get; init; }

    /// <summary>The engine's name for it; null for one of DCP's making.</summary>
    public string? ContainerName { get; init; }

    /// <summary>The entry point; null for the image's.</summary>
    public string? Command { get; init; }

    /// <summary>Templates are expanded: see <see cref="DcpTemplate"/>.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Templates are expanded in the values: see <see cref="DcpTemplate"/>.</summary>
    public IReadOnlyList<DcpNameValue>? Env { get; init; }

    public IReadOnlyList<DcpContainerPort>? Ports { get; init; }

    public IReadOnlyList<DcpVolumeMount>? VolumeMounts { get; init; }

    public IReadOnlyList<DcpContainerNetworkUse>? Networks { get; init; }

    public IReadOnlyList<DcpContainerFiles>? CreateFiles { get; init; }

    public IReadOnlyList<DcpKeyValue>? Labels { get; init; }

    /// <summary>Further arguments of the engine's <c>run</c> command.</summary>
    public IReadOnlyList<string>? RunArgs { get; init; }

    /// <summary><c>no</c>, <c>on-failure</c>, <c>unless-stopped</c> or <c>always</c>.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary><c>always</c>, <c>missing</c> or <c>never</c>.</summary>
    public string? PullPolicy { get; init; }

    public IReadOnlyList<DcpHealthProbe>? HealthProbes { get; init; }

    /// <summary>Keep it when the session ends.</summary>
    public bool? Persistent { get; init; }

    /// <summary>Decides whether a persistent container of an earlier session still fits.</summary>
    public string? LifecycleKey { get; init; }

    /// <inheritdoc cref="DcpExecutableSpec.Start"/>
    public bool? Start { get; init; }

    /// <inheritdoc cref="DcpExecutableSpec.Stop"/>
    public bool? Stop { get; init; }
}

internal sealed record DcpContainerStatus
{
    /// <summary>One of <see cref="DcpContainerState"/>; empty until DCP has looked at the object.</summary>
    // The generated reader assigns null where the member is absent.
    [AllowNull]
    public string State { get; init => field = value ?? ""; } = "";

    public string? ContainerId { get; init; }

    public string? ContainerName { get; init; }

    public DateTimeOffset? StartupTimestamp { get; init; }

    public DateTimeOffset? FinishTimestamp { get; init; }

    /// <inheritdoc cref="DcpExecutableStatus.ExitCode"/>
    public int? ExitCode { get; init; }

    /// <inheritdoc cref="DcpExecutableStatus.EffectiveEnv"/>
    public IReadOnlyList<DcpNameValue>? EffectiveEnv { get; init; }

    public IReadOnlyList<string>? EffectiveArgs { get; init; }

    /// <summary>Names of the networks it is in, each with a leading slash.</summary>
    public IReadOnlyList<string>? Networks { get; init; }

    public string? HealthStatus { get; init; }

    public IReadOnlyList<DcpHealthProbeResult>? HealthProbeResults { get; init; }

    /// <summary>Why it failed, such as the engine's words on a missing image.</summary>
    public string? Message { get; init; }
}

internal static class DcpContainerState
{
    public const string Pending = "Pending";
    public const string Building = "Building";
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string Paused = "Paused";
    public const string Stopping = "Stopping";
    public const string Exited = "Exited";
    public const string FailedToStart = "FailedToStart";

    /// <summary>The engine does not answer.</summary>
    public const string RuntimeUnhealthy = "RuntimeUnhealthy";
    public const string Unknown = "Unknown";

    /// <inheritdoc cref="DcpExecutableState.IsFinal"/>
    public static bool IsFinal(string state) => state is Exited or FailedToStart or Unknown;
}

internal sealed record DcpKeyValue(string Key, string Value);

/// <param name="HostPort">Null for a random one.</param>
/// <param name="HostIP">Null for all addresses.</param>
/// <param name="Protocol"><c>TCP</c> or <c>UDP</c>.</param>
internal sealed record DcpContainerPort(int ContainerPort, int? HostPort, string? HostIP, string? Protocol);

/// <param name="Type"><c>bind</c> or <c>volume</c>.</param>
internal sealed record DcpVolumeMount(string Type, string Source, string Target, bool ReadOnly);

/// <param name="Aliases">Names under which the other containers of the network find it.</param>
internal sealed record DcpContainerNetworkUse(string Name, IReadOnlyList<string>? Aliases);

/// <summary>An image to build before the container starts.</summary>
internal sealed record DcpContainerBuild
{
    public required string Context { get; init; }

    public string? Dockerfile { get; init; }

    public string? Stage { get; init; }

    public string? Platform { get; init; }

    public IReadOnlyList<DcpNameValue>? Args { get; init; }

    public IReadOnlyList<DcpBuildSecret>? Secrets { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<DcpKeyValue>? Labels { get; init; }
}

/// <param name="Type"><c>env</c> (then <paramref name="Value"/>) or <c>file</c> (then <paramref name="Source"/>).</param>
internal sealed record DcpBuildSecret(string Id, string? Type, string? Source, string? Value);

/// <summary>Files that DCP writes into a container before it starts.</summary>
internal sealed record DcpContainerFiles
{
    public required string Destination { get; init; }

    public required IReadOnlyList<DcpFileEntry> Entries { get; init; }

    public int? DefaultOwner { get; init; }

    public int? DefaultGroup { get; init; }

    public long? Umask { get; init; }
}

internal sealed record DcpFileEntry
{
    public required string Name { get; init; }

    /// <summary><c>file</c> (the default), <c>directory</c> or <c>symlink</c>.</summary>
    public string? Type { get; init; }

    public string? Contents { get; init; }

    /// <summary>Base64.</summary>
    public string? RawContents { get; init; }

    public string? Source { get; init; }

    public string? Target { get; init; }

    public IReadOnlyList<DcpFileEntry>? Entries { get; init; }

    public int? Owner { get; init; }

    public int? Group { get; init; }

    public long? Mode { get; init; }
}
