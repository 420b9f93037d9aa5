using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Tests.Commands;

public sealed partial class RenderCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RenderCommandTests() => Shop.WriteTo(_folder, "shop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_coverage_comes_first_and_what_was_written_last()
    {
        var command = await RenderAsync("--environment", "production");

        Golden.Matches(Told(command), "Commands/render.txt");
    }

    [Fact]
    public async Task Every_file_has_its_place()
    {
        await RenderAsync();

        // Which objects differ between environments is for the tests of those who make them.
        Golden.Matches(string.Join('\n', Files("out").Where(file => !file.Contains("/patches/", StringComparison.Ordinal))) + "\n", "Commands/render-files.txt");
    }

    [Fact]
    public async Task Problems_of_all_stages_come_together_and_nothing_is_written()
    {
        _folder.Write("shop/aspire-manifest.json", Shop.Manifest
            .Replace("{cache.connectionString}", "{cach.connectionString}", StringComparison.Ordinal)
            .Replace("\"cache\": {", "\"blobs\": { \"type\": \"azure.bicep.v0\", \"path\": \"b.bicep\" }, \"cache\": {", StringComparison.Ordinal));
        _folder.Write("shop/environments/production.json", """{ "network": { "natGatways": 1 } }""");

        var command = await RenderAsync();

        Golden.Matches(Told(command), "Commands/render-problems.txt");
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task Machines_get_the_result_or_the_problems()
    {
        var written = await RenderAsync("--json");
        var refused = await RenderAsync("--json", "--set", "no.such=1");

        using var result = JsonDocument.Parse(written.Out);
        using var problems = JsonDocument.Parse(refused.Out);
        Assert.Equal(Files("out").Where(file => file != ".platform-render.json"), result.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal("DEP043", Assert.Single(problems.RootElement.GetProperty("problems").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal((0, 3), (written.ExitCode, refused.ExitCode));
    }

    [Fact]
    public async Task A_difference_is_shown_and_nothing_is_written()
    {
        await RenderAsync("-e", "dev");
        var before = _folder.Listing("out");

        var same = await RenderAsync("-e", "dev", "--diff");
        var changed = await RenderAsync("-e", "dev", "--diff", "--set", "resources.web.env.GREETING=hello");

        Assert.Equal((0, 2), (same.ExitCode, changed.ExitCode));
        Assert.EndsWith($"Nothing changed since the rendering in {_folder.File("out")}.\n", same.Out, StringComparison.Ordinal);
        Assert.Contains("\n+      GREETING: hello\n", changed.Out, StringComparison.Ordinal);
        Assert.Contains("\n  web: ~ kubernetes/dev/workloads/web.yaml, ~ kustomize/base/workloads/web.yaml\n", changed.Out, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Listing("out"));
    }

    [Fact]
    public async Task A_difference_is_that_of_the_environments_which_were_rendered()
    {
        await RenderAsync("-e", "dev");

        var same = await RenderAsync("--diff");

        Assert.Equal(0, same.ExitCode);
        Assert.EndsWith($"Nothing changed since the rendering in {_folder.File("out")}.\n", same.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "DEP107")]
    [InlineData("broken", "DEP108")]
    public async Task What_cannot_be_compared_with_is_no_change(string folder, string code)
    {
        _folder.Write("broken/.platform-render.json", "{");

        var command = await RenderAsync("-e", "dev", "--diff", _folder.File(folder));

        Assert.Equal(3, command.ExitCode);
        Assert.StartsWith($"error {code}: ", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_checkouts_give_the_same_bytes()
    {
        Shop.WriteTo(_folder, "elsewhere/deeper/shop");

        await PlatformCommand.RunAsync("render", "--manifest", _folder.File("shop/aspire-manifest.json"), "--output", _folder.File("out"));
        await PlatformCommand.RunAsync("render", "--manifest", _folder.File("elsewhere/deeper/shop/aspire-manifest.json"), "--output", _folder.File("elsewhere/out2"));

        Assert.Equal(_folder.Listing("out"), _folder.Listing("elsewhere/out2"));
    }

    private Task<PlatformCommand> RenderAsync(params string[] arguments) =>
        PlatformCommand.RunAsync(["render", "--manifest", _folder.File("shop/aspire-manifest.json"), "--output", _folder.File("out"), .. arguments]);

    // How many files and objects there are is for the tests of those who make them.
    private string Told(PlatformCommand command) => Counted().Replace(command.Text.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal), "N $1");

    [GeneratedRegex(@"\d+ (files|stacks|objects|of the application)\b")]
    private static partial Regex Counted();

    private IEnumerable<string> Files(string output) =>
        Directory.EnumerateFiles(_folder.File(output), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.File(output), file).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
