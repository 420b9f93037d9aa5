using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>How busy the machine was in the last minute, where the system tells.</summary>
internal static class MachineLoad
{
    private const string File = "/proc/loadavg";

    public static string Now() => System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Split(' ')[0] : "unknown";

    /// <summary>Processes that wanted to run, on average; null where the system does not tell.</summary>
    public static double? Number() => double.TryParse(Now(), CultureInfo.InvariantCulture, out var load) ? load : null;
}
