using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>What DCP observes of the process or container of an instance.</summary>
/// <param name="Uid">Differs from start to start.</param>
/// <param name="State">One of <see cref="KnownResourceStates"/>; null until DCP has looked at it.</param>
/// <param name="ExitCode">Null while it runs, and where nobody knows.</param>
internal sealed record InstanceStatus(string Uid, string? State, int? ExitCode)
{
    public DateTime? Started { get; init; }

    public DateTime? Finished { get; init; }

    public long? Pid { get; init; }

    public string? ContainerId { get; init; }

    /// <summary>Why it failed, in the engine's words; null for nothing to say.</summary>
    public string? Message { get; init; }

    public bool HasEnded => State is not null && (KnownResourceStates.TerminalStates.Contains(State) || State == KnownResourceStates.RuntimeUnhealthy);

    public static InstanceStatus Of(DcpExecutable executable) => new(
        executable.Metadata.Uid ?? "",
        executable.Status?.State switch
        {
            null or "" => null,
            DcpExecutableState.Finished or DcpExecutableState.Terminated or DcpExecutableState.Unknown => EndState(executable.Status.ExitCode),
            var state => state,
        },
        executable.Status?.ExitCode)
    {
        Started = executable.Status?.StartupTimestamp?.UtcDateTime,
        Finished = executable.Status?.FinishTimestamp?.UtcDateTime,
        Pid = executable.Status?.Pid,
    };

    public static InstanceStatus Of(DcpContainer container) => new(
        container.Metadata.Uid ?? "",
        container.Status?.State switch
        {
            null or "" => null,
            DcpContainerState.Pending => KnownResourceStates.Starting,
            DcpContainerState.Exited or DcpContainerState.Unknown => EndState(container.Status.ExitCode),
            var state => state,
        },
        container.Status?.ExitCode)
    {
        Started = container.Status?.StartupTimestamp?.UtcDateTime,
        Finished = container.Status?.FinishTimestamp?.UtcDateTime,
        ContainerId = container.Status?.ContainerId,
        Message = container.Status?.Message,
    };

    // DCP says the same of an end with an error, of one on request, and of a kill.
    private static string EndState(int? exitCode) => exitCode == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited;
}
