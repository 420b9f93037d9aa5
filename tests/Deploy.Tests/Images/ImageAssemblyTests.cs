using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Images;

public sealed class ImageAssemblyTests
{
    private static readonly RepositoryAddress Repository = new("mcr.microsoft.com", "dotnet/aspnet");
    private static readonly SourceRevision Revision = new(new string('a', 40), DateTimeOffset.FromUnixTimeSeconds(1_770_000_000), Dirty: false);

    [Fact]
    public void Labels_say_what_it_is_and_where_it_comes_from()
    {
        var labels = ImageAssembly.Labels(new ImageIdentity("web", "1.4.0", "https://github.com/owner/shop", Revision), Base(new ProcessConfig()));

        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["org.opencontainers.image.base.digest"] = Digest.Of("base"u8).ToString(),
                ["org.opencontainers.image.base.name"] = "mcr.microsoft.com/dotnet/aspnet:10.0",
                ["org.opencontainers.image.created"] = "2026-02-02T02:40:00Z",
                ["org.opencontainers.image.revision"] = new string('a', 40),
                ["org.opencontainers.image.source"] = "https://github.com/owner/shop",
                ["org.opencontainers.image.title"] = "web",
                ["org.opencontainers.image.version"] = "1.4.0",
            },
            labels);
    }

    [Fact]
    public void Changes_that_are_not_committed_are_told()
    {
        var labels = ImageAssembly.Labels(new ImageIdentity("web", "1.4.0", Source: null, Revision with { Dirty = true }), onBase: null);

        Assert.Equal(new string('a', 40) + "-dirty", labels["org.opencontainers.image.revision"]);
    }

    [Fact]
    public void Outside_of_a_repository_the_time_is_no_time()
    {
        var labels = ImageAssembly.Labels(new ImageIdentity("web", "1.4.0", Source: null, Revision: null), onBase: null);

        Assert.Equal("1970-01-01T00:00:00Z", labels["org.opencontainers.image.created"]);
        Assert.DoesNotContain("org.opencontainers.image.revision", labels.Keys);
    }

    [Theory]
    [InlineData("1654", null, "1654")]
    [InlineData("app", null, "app")]
    [InlineData("app:app", null, "app:app")]
    [InlineData("", "APP_UID=2000", "2000")]
    [InlineData("", null, "1654")]
    [InlineData("root", null, "1654")]
    [InlineData("0", null, "1654")]
    [InlineData("0:0", "APP_UID=2000", "2000")]
    public void No_image_runs_as_root(string ofBase, string? variable, string expected)
    {
        var process = Started(new ProcessConfig { User = ofBase, Env = variable is null ? [] : [variable] });

        Assert.Equal(expected, process.User);
    }

    [Fact]
    public void The_program_is_started_in_its_folder_with_what_the_base_has()
    {
        var process = Started(new ProcessConfig
        {
            User = "app",
            Env = ["PATH=/bin", "ASPNETCORE_HTTP_PORTS=8080;9090"],
            Entrypoint = ["dotnet"],
            Cmd = ["--help"],
            Labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("of.base", "kept"),
        });

        Assert.Equal(["/app/Web"], process.Entrypoint);
        Assert.Null(process.Cmd);
        Assert.Equal("/app", process.WorkingDir);
        Assert.Equal(["PATH=/bin", "ASPNETCORE_HTTP_PORTS=8080;9090"], process.Env);
        Assert.Equal(["8080/tcp", "9090/tcp"], process.ExposedPorts?.Keys);
        Assert.Equal("kept", process.Labels?["of.base"]);
    }

    private static ProcessConfig Started(ProcessConfig below) =>
        ImageAssembly.Project(new ImageIdentity("web", "1.4.0", Source: null, Revision), Base(below), "amd64", "/app/Web").Config.Config!;

    private static BaseImage Base(ProcessConfig process)
    {
        var config = new ImageConfig { Architecture = "amd64", Os = "linux", Config = process, Rootfs = new RootFilesystem("layers", []) };
        var manifest = new ImageManifest { MediaType = MediaTypes.Manifest, Config = new Descriptor(MediaTypes.Config, Digest.Of([]), 0), Layers = [] };
        return new BaseImage(
            "mcr.microsoft.com/dotnet/aspnet:10.0",
            Repository,
            Digest.Of("base"u8),
            ImmutableSortedDictionary.Create<string, BasePlatform>(StringComparer.Ordinal).Add("amd64", new BasePlatform(new ImagePlatform("amd64", "linux"), manifest, config)));
    }
}
