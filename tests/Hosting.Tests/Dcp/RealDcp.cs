using System.Diagnostics;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

/// <summary>The DCP of the bundle on this machine.</summary>
internal static class RealDcp
{
    public static string Path() => System.IO.Path.Combine(Need.Bundle(), "dcp", OperatingSystem.IsWindows() ? "dcp.exe" : "dcp");

    public static DcpSession Launch() => DcpSession.Launch(new DcpSessionSettings { DcpPath = Path() });

    /// <summary>The processes of one session, by the first argument of each, such as <c>run-controllers</c>.</summary>
    public static ILookup<string, int> ProcessesOf(string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for processes in /proc");
        var running =
            from directory in Directory.EnumerateDirectories("/proc")
            let pid = int.TryParse(System.IO.Path.GetFileName(directory), out var number) ? number : 0
            where pid > 0
            let arguments = Arguments(directory)
            where arguments.Length > 1 && arguments[0].EndsWith("dcp", StringComparison.Ordinal)
                && arguments.Any(argument => argument.StartsWith(folder, StringComparison.Ordinal))
            select (Role: arguments[1], Pid: pid);
        return running.ToLookup(process => process.Role, process => process.Pid);
    }

    public static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static string[] Arguments(string directory)
    {
        try
        {
            return File.ReadAllText($"{directory}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
