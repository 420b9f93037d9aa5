using System.Diagnostics;
using System.Text.Json;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A registry, one for all tests, that has the base image of tools/aspnet-image.sh.</summary>
public sealed class BaseRegistry : IAsyncLifetime
{
    private RegistryProcess? _registry;

    internal RegistryProcess Registry => _registry ?? throw new InvalidOperationException("It was not started.");

    /// <summary>Reference of the base, for amd64 and arm64.</summary>
    internal string BaseImage => $"{Registry.Host}/dotnet/aspnet:10.0";

    internal Oci.Digest Digest { get; private set; } = Oci.Digest.Of([]);

    public async ValueTask InitializeAsync()
    {
        var skopeo = Need.Program("skopeo");
        var layout = Need.BaseImage();
        _registry = await RegistryProcess.StartAsync();
        using var copy = Process.Start(new ProcessStartInfo(skopeo, ["copy", "--all", "--quiet", "--dest-tls-verify=false", $"oci:{layout}:aspnet", $"docker://{BaseImage}"]))!;
        await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, copy.ExitCode);
        using var index = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(layout, "index.json"), TestContext.Current.CancellationToken));
        Assert.True(Oci.Digest.TryParse(index.RootElement.GetProperty("manifests")[0].GetProperty("digest").GetString(), out var digest));
        Digest = digest;
    }

    public async ValueTask DisposeAsync()
    {
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }
}
