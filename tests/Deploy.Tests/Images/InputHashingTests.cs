using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Images;

/// <summary>Whether an image is known by what it is made from: what counts, what does not, and what only a build can tell.</summary>
public sealed class InputHashingTests : IDisposable
{
    private const string Base = "registry.example/dotnet/aspnet@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private readonly TemporaryFolder _folder = new();
    private ImageSettings _settings = new() { BaseImage = Base, GateImage = "", Publishing = Publishing.FrameworkDependent, ReadyToRun = true, SeverityGate = SeverityGate.None, Mirror = false };

    public InputHashingTests()
    {
        Need.Program("dotnet");
        _folder.Write("Web/Web.csproj", """<Project><ItemGroup><ProjectReference Include="../Words/Words.csproj" /></ItemGroup><Import Project="../build/more.props" /></Project>""");
        _folder.Write("Web/Program.cs", "return 0;");
        _folder.Write("Words/Words.csproj", "<Project />");
        _folder.Write("Words/Words.cs", "// nothing");
        _folder.Write("build/more.props", """<Project><Import Project="most.props" /></Project>""");
        _folder.Write("build/most.props", "<Project />");
        _folder.Write("Directory.Build.props", "<Project />");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Web/Program.cs")]
    [InlineData("Web/wwwroot/bin/site.css")]
    [InlineData("Words/Words.cs")]
    [InlineData("build/most.props")]
    [InlineData("Directory.Build.props")]
    public async Task Another_content_of_what_it_is_made_from_is_another_image(string file)
    {
        var before = await HashAsync();

        _folder.Write(file, "<!-- another -->");

        Assert.NotEqual(before, await HashAsync());
    }

    [Theory]
    [InlineData("Web/bin/Debug/Web.dll")]
    [InlineData("Words/obj/project.assets.json")]
    [InlineData("Web/node_modules/one/index.js")]
    [InlineData("Web/.vs/settings.json")]
    [InlineData("Other/Other.cs")]
    public async Task What_a_build_leaves_and_what_is_elsewhere_counts_nothing(string file)
    {
        var before = await HashAsync();

        _folder.Write(file, "anything");

        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task Where_the_sources_are_counts_nothing_and_how_they_are_built_does()
    {
        using var elsewhere = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            elsewhere.Write(Path.GetRelativePath(_folder.Path, file), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        var here = await HashAsync();
        var there = await HashAsync(elsewhere.Path);
        _settings = _settings with { ReadyToRun = false };

        Assert.Equal(here, there);
        Assert.NotEqual(here, await HashAsync());
    }

    [Theory]
    [InlineData("""<Project><ItemGroup><Compile Include="$(Elsewhere)/*.cs" /></ItemGroup></Project>""", "only MSBuild can follow $(Elsewhere)/*.cs in Words.csproj")]
    [InlineData("""<Project><Import Project="$(Common)" /></Project>""", "only MSBuild can follow $(Common) in Words.csproj")]
    public async Task What_only_MSBuild_can_follow_is_said(string project, string because)
    {
        _folder.Write("Words/Words.csproj", project);

        Assert.Equal(new ImageInputs.Unknown(because), await InputsAsync(_folder.Path));
    }

    [Fact]
    public async Task A_base_that_is_not_locked_is_said()
    {
        _settings = _settings with { BaseImage = "registry.example/dotnet/aspnet:10.0" };

        Assert.Equal(new ImageInputs.Unknown("images.lock.json does not have its base yet"), await InputsAsync(_folder.Path));
    }

    [Fact]
    public async Task What_another_environment_has_of_the_same_sources_is_taken_over()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        var stage = Stage(_folder.Path);
        var inputs = await new InputHashing(stage.Build, await SourceTree.FindAsync(stage.Build, TestContext.Current.CancellationToken)).RunAsync(TestContext.Current.CancellationToken);
        var image = await bed.PushAsync(bed.Image(bed.Layer("application", [1, 2, 3])));
        await ImageMarks.NameAsync(bed.Tools.Client, image, ImageInputs.Tag(Assert.IsType<ImageInputs.Known>(inputs["web"]), await SdkAsync()), TestContext.Current.CancellationToken);
        var images = new ImageStage(bed.Tools);

        var before = await images.RecallAsync(stage, NoFindings, TestContext.Current.CancellationToken);
        await images.TakeOverAsync([before.Images[0].Image!], stage.Environment, TestContext.Current.CancellationToken);
        var after = await images.RecallAsync(stage, NoFindings, TestContext.Current.CancellationToken);

        Assert.Equal([(image.Digest, true), (image.Digest, false)], new[] { before, after }.Select(recalled => (recalled.Images[0].Image!.Digest, recalled.Images[0].IsOfOthers)));
        Assert.StartsWith("for-dev-1.4.0-", Assert.Single(await bed.Tools.Client.TagsAsync(bed.Repository, TestContext.Current.CancellationToken), tag => tag.StartsWith("for-", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_environment_has_is_not_taken_over_where_this_one_was_given_another_image_of_the_commit()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        var stage = Stage(_folder.Path);
        var inputs = await new InputHashing(stage.Build, await SourceTree.FindAsync(stage.Build, TestContext.Current.CancellationToken)).RunAsync(TestContext.Current.CancellationToken);
        var theirs = await bed.PushAsync(bed.Image(bed.Layer("application", [1, 2, 3])));
        await ImageMarks.NameAsync(bed.Tools.Client, theirs, ImageInputs.Tag(Assert.IsType<ImageInputs.Known>(inputs["web"]), await SdkAsync()), TestContext.Current.CancellationToken);
        var images = new ImageStage(bed.Tools);
        var before = await images.RecallAsync(stage, NoFindings, TestContext.Current.CancellationToken);
        var ours = await bed.PushAsync(bed.Image(bed.Layer("other", [4, 5, 6])));

        await ImageMarks.MarkAsync(bed.Tools.Client, ours with { Tag = ImageTag.Distinct(before.Images[0].Image!.Tag, ours.Digest) }, stage.Environment, TestContext.Current.CancellationToken);
        var after = await images.RecallAsync(stage, NoFindings, TestContext.Current.CancellationToken);

        Assert.Equal((theirs.Digest, null), (before.Images[0].Image?.Digest, after.Images[0].Image));
    }

    [Fact]
    public async Task What_was_found_in_an_image_is_told_without_a_gate_too()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        var stage = Stage(_folder.Path);
        var inputs = await new InputHashing(stage.Build, await SourceTree.FindAsync(stage.Build, TestContext.Current.CancellationToken)).RunAsync(TestContext.Current.CancellationToken);
        var image = await bed.PushAsync(bed.Image(bed.Layer("application", [1, 2, 3])));
        await ImageMarks.NameAsync(bed.Tools.Client, image, ImageInputs.Tag(Assert.IsType<ImageInputs.Known>(inputs["web"]), await SdkAsync()), TestContext.Current.CancellationToken);
        var findings = new ScanFindings("COMPLETE", ImmutableSortedDictionary<string, int>.Empty.Add("CRITICAL", 2));

        var recalled = await new ImageStage(bed.Tools).RecallAsync(stage, (_, _) => Task.FromResult<ScanFindings?>(findings), TestContext.Current.CancellationToken);

        Assert.Equal((image.Digest, findings), (Assert.Single(recalled.Images).Image?.Digest, recalled.Images[0].Findings));
        Assert.Empty(recalled.Refused);
    }

    private static Task<ScanFindings?> NoFindings(PushedImage image, CancellationToken cancellationToken) => Task.FromResult<ScanFindings?>(null);

    private async Task<string> SdkAsync() => await InputHashing.SdkAsync(new SourceTree(Git: null, _folder.Path), TestContext.Current.CancellationToken) ?? "";

    private Task<string> HashAsync() => HashAsync(_folder.Path);

    private async Task<string> HashAsync(string root) => Assert.IsType<ImageInputs.Known>(await InputsAsync(root)).Hash;

    private async Task<ImageInputs> InputsAsync(string root) =>
        (await new InputHashing(Stage(root).Build, new SourceTree(Git: null, root)).RunAsync(TestContext.Current.CancellationToken))["web"];

    private ImageStageOrder Stage(string root) => new()
    {
        Build = new ImageOrder
        {
            Images = [new ImageModel("web", "shop/web", new ImageSource.Project("Web/Web.csproj")) { LogicalId = "WebRepository" }],
            Folder = root,
            LockFile = Path.Combine(root, ImageLock.FileName),
            Locked = false,
            Settings = _settings,
            Architectures = [Architecture.Arm64],
            GitHubRepository = null,
            Tag = null,
        },
        Registry = new RegistryPrefix("registry.example", ""),
        Environment = "dev",
        Others = [],
    };
}
