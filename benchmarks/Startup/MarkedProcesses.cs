using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Startup;

/// <summary>
/// All processes of one run, wherever they stand in the tree: DCP leaves its parents. They are known by a variable, which children inherit.
/// </summary>
internal sealed class MarkedProcesses
{
    private const string Variable = "PLATFORM_STARTUP_BENCHMARK";

    // Of /proc/<pid>/stat after the name's closing bracket: user, system, and that of children which have ended. In hundredths of a second on every Linux.
    private static readonly Range ProcessorTimes = 11..15;
    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Mark(ProcessStartInfo start) => start.Environment[Variable] = _mark;

    /// <summary>The ids of those that live.</summary>
    public IReadOnlyList<int> Living() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => char.IsAsciiDigit(name?[0] ?? ' ') && Read($"/proc/{name}/environ").Contains($"{Variable}={_mark}", StringComparison.Ordinal))
            .Select(name => int.Parse(name ?? "", CultureInfo.InvariantCulture))];

    /// <summary>The AppHost itself, also below <c>dotnet run</c>; null before it runs.</summary>
    public int? Host() => Living().Where(IsHost).Select(id => (int?)id).FirstOrDefault();

    /// <summary>Seconds of processor time that these processes have taken so far.</summary>
    public static double ProcessorSeconds(IEnumerable<int> processes) => processes
        .Select(id => Read($"/proc/{id}/stat"))
        .Where(stat => stat.Length > 0)
        .SelectMany(stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[ProcessorTimes])
        .Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / 100;

    /// <summary>Resident memory in MiB.</summary>
    public static double ResidentMiB(int process) => Read($"/proc/{process}/status").Split('\n')
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1].Trim(), CultureInfo.InvariantCulture) / 1024)
        .FirstOrDefault();

    /// <summary>Ends what is left after a failure.</summary>
    public void Kill()
    {
        foreach (var id in Living())
        {
            Signal(id, "KILL");
        }
    }

    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static bool IsHost(int process)
    {
        var command = Read($"/proc/{process}/cmdline").Split('\0');
        return Path.GetFileName(command[0]) == "AppHost" || (command.Length > 1 && Path.GetFileName(command[1]) == "AppHost.dll");
    }

    // Empty where the process has gone, or belongs to somebody else.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
