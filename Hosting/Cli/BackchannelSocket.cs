using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Hosting.Cli;

/// <summary>Names the sockets by which the <c>aspire</c> command finds running AppHosts: <c>~/.aspire/cli/bch/APPHOST INSTANCE.PID</c>.</summary>
internal static class BackchannelSocket
{
    // What fits into the address of a socket, with its closing zero: 108 bytes on Linux, 104 on macOS.
    private const int LongestPath = 103;
    private const int InstanceBytes = 6;

    /// <summary>The folder of the sockets.</summary>
    public static string FolderIn(string homeDirectory) => Path.Combine(homeDirectory, ".aspire", "cli", "bch");

    /// <summary>The part of the name that all runs of one AppHost share: 11 characters.</summary>
    /// <param name="appHostPath">The project file, with symbolic links resolved.</param>
    public static string IdOf(string appHostPath) =>
        Base64Url.EncodeToString(XxHash3.Hash(Encoding.UTF8.GetBytes(OperatingSystem.IsWindows() ? appHostPath.ToUpperInvariant() : appHostPath)));

    /// <summary>A new socket path for a run; null where it would be too long for a socket.</summary>
    public static string? NewPath(string folder, string id, int processId)
    {
        var instance = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(InstanceBytes));
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{id}{instance}.{processId}"));
        return Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : null;
    }

    /// <summary>Removes the sockets that killed runs of the same AppHost left behind.</summary>
    public static void RemoveStale(string folder, string id)
    {
        foreach (var path in Directory.EnumerateFiles(folder, id + "*"))
        {
            if (int.TryParse(Path.GetExtension(path).AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var processId) && !IsAlive(processId))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The path without symbolic links, as the command writes it.</summary>
    public static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full) ?? "";
        foreach (var name in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : next;
        }

        return real;
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
