using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Hosting.Dcp;

/// <summary>A process on this machine.</summary>
internal sealed record DcpExecutable : IDcpObject<DcpExecutable>
{
    public static string Plural => "executables";

    public static JsonTypeInfo<DcpExecutable> TypeInfo => DcpJson.Default.DcpExecutable;

    public static string Kind => "Executable";

    public required DcpMetadata Metadata { get; init; }

    public required DcpExecutableSpec Spec { get; init; }

    /// <summary>Written by DCP only.</summary>
    public DcpExecutableStatus? Status { get; init; }
}

/// <summary>What to start. Immutable once created but for <see cref="Start"/> and <see cref="Stop"/>.</summary>
internal sealed record DcpExecutableSpec
{
    /// <summary>An absolute path, or a name that DCP looks up on PATH.</summary>
    public required string ExecutablePath { get; init; }

    /// <summary>Null for DCP's own working directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Templates are expanded: see <see cref="DcpTemplate"/>.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Templates are expanded in the values: see <see cref="DcpTemplate"/>.</summary>
    public IReadOnlyList<DcpNameValue>? Env { get; init; }

    public DcpAmbientEnvironment? AmbientEnvironment { get; init; }

    public IReadOnlyList<DcpHealthProbe>? HealthProbes { get; init; }

    /// <summary>False: create without starting; a later patch to true starts it. Null means true.</summary>
    public bool? Start { get; init; }

    /// <summary>True stops it, for good: DCP refuses to set it back. A restart is delete and create.</summary>
    public bool? Stop { get; init; }
}

/// <param name="Behavior"><c>Inherit</c> (DCP's environment, the default) or <c>DoNotInherit</c>.</param>
internal sealed record DcpAmbientEnvironment(string? Behavior);

/// <summary>What DCP observes. Probe results stay as they were after the process has ended.</summary>
internal sealed record DcpExecutableStatus
{
    /// <summary>One of <see cref="DcpExecutableState"/>; empty until DCP has looked at the object.</summary>
    // The generated reader assigns null where the member is absent.
    [AllowNull]
    public string State { get; init => field = value ?? ""; } = "";

    public long? Pid { get; init; }

    public string? ExecutionID { get; init; }

    public DateTimeOffset? StartupTimestamp { get; init; }

    public DateTimeOffset? FinishTimestamp { get; init; }

    /// <summary>Null while it runs; -1 where it was killed or is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The whole environment, inherited variables (and their secrets) included.</summary>
    public IReadOnlyList<DcpNameValue>? EffectiveEnv { get; init; }

    public IReadOnlyList<string>? EffectiveArgs { get; init; }

    /// <summary><c>Healthy</c>, <c>Unhealthy</c> or <c>Caution</c>.</summary>
    public string? HealthStatus { get; init; }

    public IReadOnlyList<DcpHealthProbeResult>? HealthProbeResults { get; init; }
}

/// <summary>The states of an executable and of an exec in a container.</summary>
internal static class DcpExecutableState
{
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string Stopping = "Stopping";

    /// <summary>Ended by itself or on request; the exit code tells how.</summary>
    public const string Finished = "Finished";
    public const string Terminated = "Terminated";

    /// <summary>The reason is in the object's <see cref="DcpLogSource.System"/> log only.</summary>
    public const string FailedToStart = "FailedToStart";
    public const string Unknown = "Unknown";

    /// <summary>Whether the process is gone for good.</summary>
    public static bool IsFinal(string state) => state is Finished or Terminated or FailedToStart or Unknown;
}
