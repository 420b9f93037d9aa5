using System.Text.Json;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Images.Tests;

/// <summary>Builds WebApp/Dockerfile with the SDK of this machine in the place of the SDK's image.</summary>
public sealed class WebAppDockerfileTests(BaseRegistry bases) : IClassFixture<BaseRegistry>, IDisposable
{
    // The SDK itself comes as a volume: it is too large to be copied for each test.
    private const string Sdk =
        """
        ARG BASE
        ARG SHELL
        FROM ${SHELL} AS shell
        FROM ${BASE}
        USER 0
        COPY --from=shell /bin/busybox /bin/sh /bin/
        ENV PATH=/usr/share/dotnet:/bin HOME=/root DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
        """;

    private readonly PrivateBuilder _builder = new(bases.Registry);
    private readonly string _folder = Temporary.Folder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _builder.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_becomes_an_image_that_starts_as_those_of_images_push_do_and_is_healthy_in_an_engine()
    {
        Need.ContainerEngine();
        var shell = $"{bases.Registry.Host}/busybox:1";
        var image = $"{bases.Registry.Host}/webapp:1";
        await RunAsync("skopeo", "copy", "--quiet", "--dest-tls-verify=false", $"docker-archive:{Need.ImageArchive("busybox")}", $"docker://{shell}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "Dockerfile"), Sdk, Token);
        await RunAsync("buildah", "bud", "--build-arg", $"BASE={bases.BaseImage}", "--build-arg", $"SHELL={shell}", "--tag", "sdk", _folder);

        await RunAsync(
            "buildah",
            [
                "bud", "--format", "docker", "--file", "WebApp/Dockerfile", "--tag", "webapp",
                "--build-arg", "SDK=localhost/sdk", "--build-arg", $"BASE={bases.BaseImage}", "--build-arg", "REVISION=0123456789abcdef",
                "--volume", $"{SdkFolder()}:/usr/share/dotnet:ro",
                .. Packages(), .. Certificates(),
                ".",
            ]);

        await RunAsync("buildah", "push", "--tls-verify=false", "--format", "docker", "webapp", $"docker://{image}");
        var built = await ConfigAsync(image);
        var packed = ImageAssembly.Project(new ImageIdentity("webapp", "1.0.0", null, null), await BaseAsync(), "amd64", "/app/WebApp").Config.Config;
        Assert.Equal(Start(packed), Start(built));
        await using var container = await RunningContainer.StartAsync(image);
        await container.HealthyAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("0: http://127.0.0.1:8080/health 200", await container.ExecuteAsync("/app/WebApp", "--healthcheck"));
        await container.SignalAsync("TERM");
        Assert.Equal("0", await container.ExitCodeAsync());
    }

    // How a process is started, as text.
    private static string Start(ProcessConfig? process) => JsonSerializer.Serialize(new
    {
        process!.User,
        process.Entrypoint,
        process.Cmd,
        process.WorkingDir,
        Env = process.Env!.Value.Order(StringComparer.Ordinal),
        process.ExposedPorts,
    });

    private static async Task<ProcessConfig?> ConfigAsync(string image)
    {
        var config = await RunAsync("skopeo", "inspect", "--config", "--tls-verify=false", $"docker://{image}");
        return JsonSerializer.Deserialize(config, OciJson.Config)!.Config;
    }

    private async Task<BaseImage> BaseAsync()
    {
        using var client = Pushing.Client(new RecordedEvents());
        return await new BaseImages(client, _folder).ReadAsync(bases.BaseImage, bases.Digest, ["amd64"], Token);
    }

    private static string SdkFolder() =>
        Path.GetDirectoryName(new FileInfo(Need.Program("dotnet")).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Need.Program("dotnet"))!;

    // Where this machine's packages come from, as somebody with a feed of their own passes it; and what it has of them already.
    private static IEnumerable<string> Packages()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var feeds = Path.Combine(home, ".nuget", "NuGet", "NuGet.Config");
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named : Path.Combine(home, ".nuget", "packages");
        return
        [
            .. File.Exists(feeds) ? new[] { "--secret", $"id=nuget,src={feeds}" } : [],
            .. Directory.Exists(packages) ? new[] { "--volume", $"{packages}:/packages" } : [],
        ];
    }

    private static IEnumerable<string> Certificates() => Directory.Exists("/etc/ssl/certs") ? ["--volume", "/etc/ssl/certs:/etc/ssl/certs:ro"] : [];

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await ToolProcess.RunAsync(new ToolCall(program, [.. arguments], Repository.Root) { Limit = TimeSpan.FromMinutes(5) }, Token);
        return result is { ExitCode: 0 } ? result.Output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result?.Output}{result?.Error}");
    }
}
