using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Benchmarks.Rendering;

/// <summary>The built tool, manifests for it, and what it writes, in a folder that goes away.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-rendering-").FullName;

    private string Tool => Path.Combine(_folder, "tool", OperatingSystem.IsWindows() ? "Platform.Deploy.exe" : "Platform.Deploy");

    /// <summary>Publishes the tool as it is packed for this system.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(Checkout(), "Deploy"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:CompiledAhead=true", "-o", Path.Combine(_folder, "tool"), "-nologo", "-v:quiet", "-clp:NoSummary"]);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The tool does not build.");
        }
    }

    public byte[] Manifest(int services) => File.ReadAllBytes(Path.Combine(Application(services), "aspire-manifest.json"));

    public void WriteManifest(int services)
    {
        Directory.CreateDirectory(Path.Combine(Application(services), "environments"));
        File.WriteAllBytes(Path.Combine(Application(services), "aspire-manifest.json"), ServiceManifest.Of(services));
        File.WriteAllBytes(Path.Combine(Application(services), "environments", "production.json"), ServiceManifest.Settings());
    }

    public Task<ProcessFigures> RenderAsync(int services, CancellationToken cancellationToken) => ProcessFigures.MeasureAsync(
        new ProcessStartInfo(Tool, ["render", "--manifest", "aspire-manifest.json", "--environment", "production", "--output", "out"]) { WorkingDirectory = Application(services) },
        cancellationToken);

    /// <summary>kubectl building the overlay that was written; null without kubectl.</summary>
    public async Task<ProcessFigures?> KustomizeAsync(int services, CancellationToken cancellationToken)
    {
        try
        {
            return await ProcessFigures.MeasureAsync(
                new ProcessStartInfo("kubectl", ["kustomize", "out/kustomize/overlays/production"]) { WorkingDirectory = Application(services) },
                cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Application(int services) => Path.Combine(_folder, services.ToString(CultureInfo.InvariantCulture));

    private static string Checkout()
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
}
