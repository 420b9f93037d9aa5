using System.Globalization;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Dcp;

/// <summary>What can go wrong between us and DCP: HST250 to HST299.</summary>
internal static class DcpProblems
{
    public static Problem NotStarted(string path, string reason) => new(
        "HST250",
        $"The orchestrator '{path}' could not be started.",
        "Restore the Aspire bundle again, and see that the file may be executed.",
        ExitCode.Environment)
    {
        Detail = reason,
    };

    public static Problem NoAnswer(TimeSpan waited, string output) => new(
        "HST251",
        $"The orchestrator (DCP) was started but did not answer within {Seconds(waited)} s.",
        "Start again with DCP_DIAGNOSTICS_LOG_FOLDER set to a folder and read its logs; a machine short of memory or a full temp directory are usual causes.",
        ExitCode.Environment)
    {
        Detail = output.Length == 0 ? null : output,
    };

    public static Problem Died() => new(
        "HST252",
        "The orchestrator (DCP) ended while the application was running; it took all processes of the application with it.",
        "Start the application again. If nobody killed 'dcp', set DCP_DIAGNOSTICS_LOG_FOLDER to a folder and read its logs.",
        ExitCode.Environment);

    public static Problem Refused(string kind, string name, DcpApiException refusal) => new(
        "HST253",
        $"The orchestrator (DCP) refused the {kind} '{name}'.",
        "Correct the values named below; if they are not of your making, report a bug.",
        ExitCode.Input)
    {
        Subject = $"resources.{name}",
        Detail = refusal.Causes.IsEmpty ? refusal.Said : string.Join('\n', refusal.Causes.Select(cause => $"{cause.Field}: {cause.Message}")),
    };

    public static Problem Silent(string call, TimeSpan waited) => new(
        "HST254",
        $"The orchestrator (DCP) did not answer '{call}' within {Seconds(waited)} s.",
        "Start the application again. If it happens again, set DCP_DIAGNOSTICS_LOG_FOLDER to a folder and read its logs.",
        ExitCode.Environment);

    public static Problem NotDeleted(string kind, string name, TimeSpan waited) => new(
        "HST255",
        $"The {kind} '{name}' was still being stopped after {Seconds(waited)} s.",
        "See whether the program ignores SIGTERM, and end it by hand.",
        ExitCode.Environment)
    {
        Subject = $"resources.{name}",
    };

    public static Problem DidNotStop(TimeSpan waited) => new(
        "HST256",
        $"The orchestrator (DCP) was still cleaning up {Seconds(waited)} s after it was asked to stop.",
        "Nothing has to be done: it goes on by itself after the AppHost has ended. See with 'ps' whether a program ignores SIGTERM.",
        ExitCode.Environment);

    public static Problem NoContainerEngine(string reason) => new(
        "HST260",
        "No container engine answers: containers cannot be started, everything else runs.",
        "Install and start Docker or Podman, or start the engine that is installed.",
        ExitCode.Environment)
    {
        Detail = reason,
    };

    public static Problem NoContainerNetwork(string? reason) => new(
        "HST261",
        "The container engine could not make a network for the application: its containers cannot be started.",
        "Remove networks that nobody uses: docker network prune.",
        ExitCode.Environment)
    {
        Detail = reason,
    };

    public static Problem PortTaken(string subject, int port, string? owner) => new(
        "HST270",
        owner is null ? $"Port {port} is already in use." : $"Port {port} is already in use by {owner}.",
        "End the program that uses it, or give the endpoint another port (or none, for a free one).",
        ExitCode.Environment)
    {
        Subject = subject,
    };

    public static Problem PortNotAllowed(string subject, int port) => new(
        "HST271",
        $"Port {port} may not be opened by this user.",
        "Choose a port above 1023.",
        ExitCode.Environment)
    {
        Subject = subject,
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
