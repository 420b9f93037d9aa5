using System.Diagnostics;
using Platform.Deploy.Images.Tests.Fixtures;

namespace Platform.Deploy.Images.Tests;

/// <summary>Images that get into an engine without a registry.</summary>
public sealed class LoadingTests(BaseRegistry bases) : IClassFixture<BaseRegistry>, IDisposable
{
    private readonly SampleApplication _application = SampleApplication.Create(bases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task An_image_is_loaded_under_the_name_that_compose_has_and_runs_from_there()
    {
        Need.ContainerEngine();

        var command = await RunAsync("images", "build", "--load");

        await using var container = await RunningContainer.StartLoadedAsync("shop/web");
        await container.HealthyAsync(TimeSpan.FromSeconds(30));
        var commit = _application.Git("rev-parse", "--short=12", "HEAD");
        Assert.Matches($@"^web  1\.4\.0-{commit}  sha256:[0-9a-f]{{64}}  linux/amd64  loaded as shop/web\n$", command.Out);
        Assert.False(Directory.Exists(Path.Combine(_application.Root, "artifacts", "images", "loading")));
    }

    [Fact]
    public async Task Archives_of_all_architectures_are_read_by_other_tools_and_are_the_same_when_written_again()
    {
        var skopeo = Need.Program("skopeo");
        var folder = Path.Combine(_application.Root, "archives");
        await RunAsync("images", "build", "--architectures", "amd64,arm64", "--archive", folder);
        var first = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => Oci.Digest.Of(File.ReadAllBytes(path))).ToList();

        await RunAsync("images", "build", "--architectures", "amd64,arm64", "--archive", folder);

        var archives = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["web-amd64.tar", "web-arm64.tar"], archives.Select(Path.GetFileName));
        Assert.Equal(first, archives.Select(path => Oci.Digest.Of(File.ReadAllBytes(path))));
        Assert.Equal(["amd64", "arm64"], await Task.WhenAll(archives.Select(archive => ArchitectureAsync(skopeo, archive))));
    }

    [Fact]
    public async Task Without_an_engine_nothing_is_built()
    {
        using var path = new NarrowPath("git");

        var command = await RunAsync("images", "build", "--load");

        Assert.Equal(
            """
            error DEP252: No container engine answers on this machine, so there is nothing to load images into.
              at  --load
              fix Start Docker or Podman, or write archives with --archive DIR.   see docs/errors.md#dep252

            """,
            command.Error);
        Assert.Equal(4, command.ExitCode);
    }

    private static async Task<string> ArchitectureAsync(string skopeo, string archive)
    {
        using var inspect = Process.Start(new ProcessStartInfo(skopeo, ["inspect", "--format", "{{.Architecture}}", $"docker-archive:{archive}"]) { RedirectStandardOutput = true })!;
        var output = await inspect.StandardOutput.ReadToEndAsync(Token);
        await inspect.WaitForExitAsync(Token);
        return output.Trim();
    }

    private Task<PlatformCommand> RunAsync(params string[] arguments) =>
        PlatformCommand.RunAsync([.. arguments, "--manifest", Path.Combine(_application.Root, "AppHost", "aspire-manifest.json"), "--registry", bases.Registry.Host]);
}
