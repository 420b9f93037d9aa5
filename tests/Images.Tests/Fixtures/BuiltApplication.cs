namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>The tests that share one build.</summary>
[CollectionDefinition(nameof(OneBuild))]
public sealed class OneBuild : ICollectionFixture<BuiltApplication>;

/// <summary>
/// The sample application, built and pushed once for all tests of <see cref="OneBuild"/>. A test that changes it begins with <see cref="Reset"/>: what
/// the SDK has compiled stays, so that its own build takes seconds.
/// </summary>
public sealed class BuiltApplication : IAsyncLifetime
{
    private SampleApplication? _application;
    private PushResult? _first;

    internal BaseRegistry Bases { get; } = new();

    internal SampleApplication Application => _application ?? throw new InvalidOperationException("It was not created.");

    /// <summary>What the first build and its push to the registry of bases gave.</summary>
    internal PushResult First => _first ?? throw new InvalidOperationException("It was not built.");

    /// <summary>The tree of each packed layer of the first platform, read before later builds clean up.</summary>
    internal string Trees { get; private set; } = "";

    internal ImageOrder Order => Application.Order(Bases.BaseImage);

    public async ValueTask InitializeAsync()
    {
        await Bases.InitializeAsync();
        _application = SampleApplication.Create(Bases);
        _first = await Order.PushAsync(Bases.Registry);
        Trees = string.Join('\n', _first.Built[0].Platforms[0].Layers.OfType<ImageLayer.Packed>().Select(layer => $"{layer.Name}\n{PackedTree.Of(layer.File)}"));
    }

    public ValueTask DisposeAsync()
    {
        _application?.Dispose();
        return Bases.DisposeAsync();
    }

    /// <summary>Back to the first commit, with nothing changed.</summary>
    internal SampleApplication Reset()
    {
        Application.Git("reset", "-q", "--hard", "v1.4.0");
        Application.Git("clean", "-fdq");
        return Application;
    }
}
