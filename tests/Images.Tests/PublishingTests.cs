using System.Xml.Linq;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images.Tests;

/// <summary>The ways to publish that are not the default, with a small program: compiling a large one to native code takes minutes.</summary>
public sealed class PublishingTests : IClassFixture<BaseRegistry>, IDisposable
{
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../Greetings/Greetings.csproj" />
          </ItemGroup>
        </Project>
        """;

    private readonly BaseRegistry _bases;
    private readonly SampleApplication _application;

    public PublishingTests(BaseRegistry bases)
    {
        _bases = bases;
        _application = SampleApplication.Create(bases);
        _application.Write("Web/Web.csproj", Project);
        _application.Write("Web/Program.cs", "Console.WriteLine($\"{Greetings.Greeting.Text}, {Environment.UserName}\");\n");
        _application.Commit("Become a small program", "2026-02-04T05:06:07Z");
    }

    public void Dispose() => _application.Dispose();

    [Theory]
    [InlineData("FrameworkDependent", true, "PublishReadyToRun=true PublishAot=false SelfContained=false")]
    [InlineData("FrameworkDependent", false, "PublishReadyToRun=false PublishAot=false SelfContained=false")]
    [InlineData("SelfContained", true, "PublishReadyToRun=true PublishAot=false SelfContained=true")]
    [InlineData("NativeAot", true, "PublishReadyToRun=false PublishAot=true SelfContained=true")]
    public async Task The_settings_say_how_MSBuild_publishes(string publishing, bool readyToRun, string properties)
    {
        var order = Order(Enum.Parse<Publishing>(publishing));
        using var workspace = await ImageWorkspace.OpenAsync(order, TestContext.Current.CancellationToken);

        var project = PublishFiles.Build([new PublishedProject("/Web.csproj", "Web", null, ["linux-x64"])], workspace, order.Settings with { ReadyToRun = readyToRun });

        var said = XDocument.Parse(project).Descendants("MSBuild").Select(call => call.Attribute("Properties")!.Value.Split(';').Where(property => property.Split('=')[0] is "PublishReadyToRun" or "PublishAot" or "SelfContained"));
        Assert.Equal([properties, properties], said.Select(call => string.Join(' ', call)));
    }

    [Fact]
    public async Task A_self_contained_program_brings_its_runtime_along_as_a_dependency()
    {
        var result = await Order(Publishing.SelfContained).PushAsync(_bases.Registry);

        var dependencies = PackedTree.Of(result.Built[0].Platforms[0].Layers.OfType<ImageLayer.Packed>().Single(layer => layer.Name == "dependencies").File);
        Assert.Contains(" app/libcoreclr.so\n", dependencies, StringComparison.Ordinal);
        Assert.Equal("Hello, app\n", await RunningContainer.OutputAsync(result.Pushed[0].Reference));
    }

    [Fact]
    public async Task A_native_program_stands_in_its_image_without_symbols_and_without_a_runtime()
    {
        Need.Program("gcc");

        var result = await Order(Publishing.NativeAot).PushAsync(_bases.Registry);

        Golden.Matches(PackedTree.Of(Assert.Single(result.Built[0].Platforms[0].Layers.OfType<ImageLayer.Packed>()).File), "native-tree.txt");
        Assert.Equal("Hello, app\n", await RunningContainer.OutputAsync(result.Pushed[0].Reference));
    }

    [Fact]
    public async Task Where_nothing_links_native_programs_the_cure_is_told()
    {
        using var path = new NarrowPath("dotnet", "git");

        var refused = await Assert.ThrowsAsync<DeployException>(() => Order(Publishing.NativeAot).PushAsync(_bases.Registry));

        var problem = Assert.Single(refused.Problems, problem => problem.Code == "DEP250");
        Assert.Equal(
            ("Native AOT needs a linker for linux-x64, and this machine has neither clang nor gcc.", "Install clang and the libraries of that platform, build on a machine of it, leave it out with --architectures, or publish in another way with images.publishing."),
            (problem.Summary, problem.Fix));
    }

    private ImageOrder Order(Publishing publishing)
    {
        var order = _application.Order(_bases.BaseImage);
        return order with { Settings = order.Settings with { Publishing = publishing }, Architectures = [Architecture.Amd64] };
    }
}
