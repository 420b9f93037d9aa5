using System.Globalization;

namespace Platform.Hosting.Dcp;

/// <summary>One process, told apart from a later one with the same id.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Started">Milliseconds: since boot on Linux, since 1970 elsewhere. Only to be compared.</param>
internal sealed record ProcessIdentity(int Pid, long Started)
{
    // USER_HZ, the unit of start times in /proc, is 100 on every Linux that .NET runs on.
    private const long MillisecondsPerTick = 10;

    // Of the fields of /proc/<pid>/stat after the name's closing bracket; the name itself may hold spaces and brackets.
    private const int StartTimeAfterName = 19;

    public static ProcessIdentity Current() =>
        Find(Environment.ProcessId) ?? throw new InvalidOperationException("The start time of this process cannot be read.");

    /// <summary>Null where no such process lives, or it may not be looked at.</summary>
    public static ProcessIdentity? Find(int pid) => StartOf(pid) is { } started ? new(pid, started) : null;

    /// <summary>As DCP's <c>--monitor-identity-time</c> has it; null where its form is not known.</summary>
    public string? MonitorTime() => OperatingSystem.IsLinux()
        ? DateTime.MinValue.AddMilliseconds(Started).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : null;

    private static long? StartOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                var stat = File.ReadAllText($"/proc/{pid}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return long.Parse(fields[StartTimeAfterName], CultureInfo.InvariantCulture) * MillisecondsPerTick;
            }

            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException
            or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
