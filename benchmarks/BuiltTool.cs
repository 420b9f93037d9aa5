using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Platform.Benchmarks;

/// <summary>Deploy as it is packed for this system, in a folder that goes away.</summary>
internal sealed class BuiltTool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-tool-").FullName;

    /// <summary>Path of the program.</summary>
    public string Program => Path.Combine(_folder, OperatingSystem.IsWindows() ? "Platform.Deploy.exe" : "Platform.Deploy");

    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(Checkout(), "Deploy"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:CompiledAhead=true", "-o", _folder, "-nologo", "-v:quiet", "-clp:NoSummary"]);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The tool does not build.");
        }
    }

    /// <summary>The folder that this program was built from.</summary>
    public static string Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above this program holds Platform.sln.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
