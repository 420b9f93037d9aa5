using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Rendering;

/// <summary>The built tool, manifests for it, and what it writes, in a folder that goes away.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-rendering-").FullName;

    private readonly BuiltTool _tool = new();

    public Task BuildAsync(CancellationToken cancellationToken) => _tool.BuildAsync(cancellationToken);

    public byte[] Manifest(int services) => File.ReadAllBytes(Path.Combine(Application(services), "aspire-manifest.json"));

    public void WriteManifest(int services)
    {
        Directory.CreateDirectory(Path.Combine(Application(services), "environments"));
        File.WriteAllBytes(Path.Combine(Application(services), "aspire-manifest.json"), ServiceManifest.Of(services));
        File.WriteAllBytes(Path.Combine(Application(services), "environments", "production.json"), ServiceManifest.Settings());
    }

    public Task<ProcessFigures> RenderAsync(int services, CancellationToken cancellationToken) => ProcessFigures.MeasureAsync(
        new ProcessStartInfo(_tool.Program, ["render", "--manifest", "aspire-manifest.json", "--environment", "production", "--output", "out"]) { WorkingDirectory = Application(services) },
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

    public void Dispose()
    {
        _tool.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Application(int services) => Path.Combine(_folder, services.ToString(CultureInfo.InvariantCulture));
}
