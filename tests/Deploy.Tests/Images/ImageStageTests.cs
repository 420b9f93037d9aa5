using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Registries;
using Platform.Deploy.Settings;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Images;

public sealed class ImageStageTests : IDisposable
{
    private const string Redis = "registry.example/library/redis:7.4";
    private static readonly (StoredManifest Manifest, byte[] Layer, byte[] Config) Image = Samples.Image("redis");
    private static readonly RepositoryAddress Copy = new("registry.example", "shop/mirror/redis");
    private readonly ImageTestbed _bed = new(new FakeRegistry());

    public ImageStageTests()
    {
        _bed.Session.Registry.Put("library/redis", Image.Layer);
        _bed.Session.Registry.Put("library/redis", Image.Config);
        _bed.Session.Registry.Put("library/redis", "7.4", Image.Manifest);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Other_people_s_images_are_pinned_where_they_are()
    {
        var results = await new ImageStage(_bed.Tools).PushAsync(Order(new OtherImage(Redis, Copy: null)), NoFindings, Token);

        Assert.Equal(new KeyValuePair<string, string>(Redis, $"registry.example/library/redis@{Image.Manifest.Digest}"), Assert.Single(results.ByReference));
        Assert.Empty(results.ByResource);
    }

    [Fact]
    public async Task What_a_name_stood_for_at_first_is_kept_until_it_is_updated()
    {
        var stage = new ImageStage(_bed.Tools);
        await stage.PushAsync(Order(new OtherImage(Redis, Copy: null)), NoFindings, Token);
        _bed.Session.Registry.Put("library/redis", "7.4", Samples.Image("newer").Manifest);

        var again = await stage.PushAsync(Order(new OtherImage(Redis, Copy: null)), NoFindings, Token);
        var changes = await new ImageLocking(_bed.Tools.Client, _bed).UpdateAsync([Redis], _bed.Order.LockFile, Token);

        Assert.Equal(Image.Manifest.Digest, again.Others[0].Digest);
        Assert.Equal([new LockChange(Redis, Image.Manifest.Digest, Samples.Image("newer").Manifest.Digest)], changes);
        Assert.Equal(Samples.Image("newer").Manifest.Digest, ImageLock.Read(_bed.Order.LockFile).Find(Redis));
        Assert.Equal([new ImageEvent.BaseLocked(Redis, Image.Manifest.Digest)], _bed.Events);
    }

    [Fact]
    public async Task In_CI_a_name_that_is_not_locked_is_a_problem()
    {
        var order = Order(new OtherImage(Redis, Copy: null));

        var problem = await RegistrySession.ProblemAsync(() => new ImageStage(_bed.Tools).PushAsync(order with { Build = order.Build with { Locked = true } }, NoFindings, Token));

        Assert.Equal(("DEP209", $"images.lock.json does not say which digest '{Redis}' stands for.", "Run 'images update-base' and commit the file."), (problem.Code, problem.Summary, problem.Fix));
        Assert.False(File.Exists(_bed.Order.LockFile));
    }

    [Fact]
    public async Task A_mirror_gets_a_copy_with_the_same_digest_once()
    {
        var stage = new ImageStage(_bed.Tools);
        var order = Order(new OtherImage(Redis, Copy));

        var before = await stage.CompareAsync(order, NoFindings, Token);
        var results = await stage.PushAsync(order, NoFindings, Token);
        var after = await stage.CompareAsync(order, NoFindings, Token);

        Assert.Equal($"registry.example/shop/mirror/redis@{Image.Manifest.Digest}", results.ByReference[Redis]);
        Assert.Equal(Image.Manifest.Digest, _bed.Session.Registry.Manifest("shop/mirror/redis", "7.4")?.Digest);
        Assert.Equal([true, false], [before.Others[0].IsToCopy, after.Others[0].IsToCopy]);
    }

    [Theory]
    [InlineData("registry.example/library/redis")]
    [InlineData("registry.example/library/redis:latest")]
    public async Task No_copy_is_called_latest(string reference)
    {
        _bed.Session.Registry.Put("library/redis", "latest", Image.Manifest);

        await new ImageStage(_bed.Tools).PushAsync(Order(new OtherImage(reference, Copy)), NoFindings, Token);

        Assert.Null(_bed.Session.Registry.Manifest("shop/mirror/redis", "latest"));
        Assert.Equal(Image.Manifest.Digest, _bed.Session.Registry.Manifest("shop/mirror/redis", Image.Manifest.Digest.Short)?.Digest);
    }

    [Fact]
    public async Task A_comparison_sends_nothing()
    {
        await new ImageStage(_bed.Tools).CompareAsync(Order(new OtherImage(Redis, Copy)), NoFindings, Token);

        Assert.DoesNotContain(_bed.Session.Registry.Log, line => !line.StartsWith("HEAD", StringComparison.Ordinal) && !line.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_built_is_compared_without_repositories()
    {
        using var bed = new ImageTestbed(new FakeRegistry { Repositories = new HashSet<string>() });
        var image = bed.Image(bed.Layer("application", new byte[1_234]));

        var change = await new ImagePlanning(bed.Tools).CompareAsync(image, bed.Repository, Token);

        Assert.Equal(new ImageChange(new PushedImage("web", bed.Repository, image.Tag, image.Digest), IsUnchanged: false, 1_234), change);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "ghcr.io/owner/shop/mirror/staging/docker.io/library/postgres")]
    public void The_other_images_of_a_model_are_copied_where_the_environment_wants_that(bool mirror, string? copy)
    {
        var model = Sample.Model(Profile.Staging);
        model = model with { Settings = model.Settings with { Images = model.Settings.Images with { Mirror = mirror } } };

        var order = ImageStageOrder.Of(model, _bed.Order, RegistryPrefix.Read("ghcr.io/owner", "registry.existing"));

        var postgres = Assert.Single(order.Others, other => other.Reference == "docker.io/library/postgres:17.6");
        Assert.Equal((copy, model.Settings.Environment), (postgres.Copy?.ToString(), order.Environment));
    }

    [Theory]
    [InlineData(nameof(SeverityGate.None), "CRITICAL", false)]
    [InlineData(nameof(SeverityGate.Critical), "CRITICAL", true)]
    [InlineData(nameof(SeverityGate.Critical), "HIGH", false)]
    [InlineData(nameof(SeverityGate.High), "CRITICAL", true)]
    [InlineData(nameof(SeverityGate.High), "HIGH", true)]
    [InlineData(nameof(SeverityGate.High), "MEDIUM", false)]
    [InlineData(nameof(SeverityGate.Medium), "MEDIUM", true)]
    [InlineData(nameof(SeverityGate.Medium), "LOW", false)]
    public void A_finding_is_refused_from_the_gate_s_severity_on(string gate, string severity, bool isRefused)
    {
        var image = new PushedImage("web", _bed.Repository, "1.0", Image.Manifest.Digest);
        var findings = new ScanFindings("COMPLETE", ImmutableSortedDictionary<string, int>.Empty.Add(severity, 2));

        var problem = VulnerabilityCheck.Of(image, findings, Enum.Parse<SeverityGate>(gate));

        Assert.Equal(isRefused ? $"The image of 'web' has known vulnerabilities: 2 {severity.ToLowerInvariant()}." : null, problem?.Summary);
    }

    private static Task<ScanFindings?> NoFindings(PushedImage image, CancellationToken cancellationToken) => Task.FromResult<ScanFindings?>(null);

    private ImageStageOrder Order(params ImmutableArray<OtherImage> others) => new()
    {
        Build = _bed.Order,
        Registry = RegistryPrefix.Read("registry.example", "registry.existing"),
        Environment = "staging",
        Others = others,
    };
}
