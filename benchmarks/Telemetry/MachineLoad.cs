namespace Platform.Benchmarks.Telemetry;

/// <summary>How busy the machine was in the last minute, where the system tells.</summary>
internal static class MachineLoad
{
    private const string File = "/proc/loadavg";

    public static string Now() => System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Split(' ')[0] : "unknown";
}
