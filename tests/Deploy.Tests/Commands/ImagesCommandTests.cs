namespace Platform.Deploy.Tests.Commands;

public sealed class ImagesCommandTests : IDisposable
{
    private const string Manifest = """
        {
          "resources": {
            "web": { "type": "project.v0", "path": "../Web/Web.csproj" },
            "site": { "type": "container.v1", "build": { "context": "../../elsewhere", "dockerfile": "../site/Dockerfile", "secrets": { "key": { "type": "file", "source": "../site/key" } } } },
            "host": { "type": "dockerfile.v0", "context": "/", "path": "../site/Dockerfile" },
            "api": { "type": "project.v0", "path": "../Gone/Gone.csproj" }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public ImagesCommandTests()
    {
        _folder.Write("shop/AppHost/aspire-manifest.json", Manifest);
        _folder.Write("shop/AppHost/environments/dev.json", """{ "application": "shop" }""");
        _folder.Write("shop/Web/Web.csproj", "<Project />");
        _folder.Write("shop/site/Dockerfile", "FROM scratch");
        _folder.Write("shop/Shop.sln", "");
        _folder.Write("elsewhere/secret.txt", "");
        File.CreateSymbolicLink(_folder.File("shop/site/key"), _folder.File("elsewhere/secret.txt"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("build")]
    [InlineData("push")]
    public async Task Nothing_is_built_from_what_lies_outside_of_the_sources_or_is_not_there(string verb)
    {
        var command = await RunAsync("images", verb);

        Golden.Matches(command.Text, $"Commands/images-{verb}-outside.txt");
        Assert.False(Directory.Exists(_folder.File("artifacts")) || Directory.Exists(_folder.File("shop/artifacts")));
    }

    [Fact]
    public async Task Of_a_single_image_only_its_own_sources_count()
    {
        var command = await RunAsync("images", "build", "--only", "api");

        Golden.Matches(command.Text, "Commands/images-build-outside-only.txt");
    }

    private Task<PlatformCommand> RunAsync(params string[] arguments) =>
        PlatformCommand.RunAsync([.. arguments, "--manifest", _folder.File("shop/AppHost/aspire-manifest.json"), "--registry", "localhost:1"]);
}
