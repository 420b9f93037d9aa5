using System.Collections.Concurrent;
using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;
using Platform.Deploy.Settings;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Images;

/// <summary>A folder to build in, a registry in memory, and images made by hand.</summary>
internal sealed class ImageTestbed : IProgress<ImageEvent>, IDisposable
{
    private static readonly ImageIdentity Identity = new("web", "1.4.0", Source: null, new SourceRevision(new string('a', 40), DateTimeOffset.FromUnixTimeSeconds(1_770_000_000), Dirty: false));
    private readonly ConcurrentQueue<ImageEvent> _events = new();

    public ImageTestbed(FakeRegistry registry)
    {
        Session = new RegistrySession(registry);
        Tools = new ImageTools(Session.Client, ImageBuilder.Of("platform-test", _ => null), new BuildValues(_ => null), this);
        Repository = new RepositoryAddress("registry.example", "shop/web");
    }

    public TemporaryFolder Folder { get; } = new();

    public RegistrySession Session { get; }

    public ImageTools Tools { get; }

    public RepositoryAddress Repository { get; }

    public IEnumerable<ImageEvent> Events => _events;

    /// <summary>Nothing to build.</summary>
    public ImageOrder Order => new()
    {
        Images = [],
        Folder = Folder.Path,
        LockFile = Folder.File(ImageLock.FileName),
        Locked = false,
        Settings = new ImageSettings { BaseImage = "registry.example/dotnet/aspnet:10.0", GateImage = "", Publishing = Publishing.FrameworkDependent, ReadyToRun = true, SeverityGate = SeverityGate.High, Mirror = false },
        Architectures = [Architecture.Amd64],
        GitHubRepository = null,
        Tag = null,
    };

    /// <summary>An image of some layers for one platform.</summary>
    public BuiltImage Image(params ImmutableArray<ImageLayer> layers)
    {
        var config = new ImageConfig { Architecture = "amd64", Os = "linux", Rootfs = new RootFilesystem("layers", []) };
        var platform = ImageAssembly.Platform(new ImagePlatform("amd64", "linux"), config, layers);
        return new BuiltImage
        {
            Resource = "web",
            Repository = "shop/web",
            Tag = "1.4.0-aaaaaaaaaaaa",
            Platforms = [platform],
            Index = ImageAssembly.Index(Identity, onBase: null, [platform]),
            Base = null,
            Revision = Identity.Revision,
            Source = null,
            Parameters = ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    public ImageLayer.Packed Layer(string name, byte[] content)
    {
        var file = Folder.File(name);
        File.WriteAllBytes(file, content);
        return new ImageLayer.Packed(RegistrySession.Layer(content), name, file);
    }

    public async Task<PushedImage> PushAsync(BuiltImage image)
    {
        using var workspace = await ImageWorkspace.OpenAsync(Order, TestContext.Current.CancellationToken);
        return await new ImagePush(Tools, workspace).RunAsync(image, Repository, TestContext.Current.CancellationToken);
    }

    public void Report(ImageEvent value) => _events.Enqueue(value);

    public void Dispose()
    {
        Session.Dispose();
        Folder.Dispose();
    }
}
