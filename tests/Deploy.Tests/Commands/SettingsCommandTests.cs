using System.Text.Json;

namespace Platform.Deploy.Tests.Commands;

public sealed class SettingsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SettingsCommandTests()
    {
        _folder.Write("shop/environments/dev.json", """{ "network": { "natGateways": 0, "egress": "public-nodes" } }""");
        _folder.Write("shop/environments/production.json", """{ "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" } }""");
        _folder.Write("shop/aspire-manifest.json", "{}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_somebody_has_set_is_shown_for_every_environment_that_has_a_file()
    {
        var command = await RunAsync("--set", "network.cidr=10.7.0.0/16");

        Golden.Matches(command.Text, "Commands/settings.txt");
    }

    [Fact]
    public async Task Every_value_is_explained()
    {
        var command = await RunAsync("--environment", "dev", "--explain");

        Golden.Matches(string.Concat(command.Out.Split('\n').Where(line => line.StartsWith("  network.", StringComparison.Ordinal)).Select(line => line + "\n")), "Commands/settings-explain.txt");
    }

    [Fact]
    public async Task A_wrong_setting_is_told_behind_those_that_are_right()
    {
        var command = await RunAsync("--environment", "dev", "--set", "network.natGatewys=1");

        Golden.Matches(command.Text, "Commands/settings-wrong.txt");
    }

    [Fact]
    public async Task Where_nobody_says_anything_that_is_said()
    {
        Directory.CreateDirectory(_folder.File("none"));

        var command = await RunAsync("--environment", "staging", "--settings", _folder.File("none"), "--set", "edge.allowHttp=true", "--set", "edge.allowHttp=null");

        Assert.Equal("staging\n  Nothing is set; every default holds. --explain shows them.\n", command.Out);
    }

    [Fact]
    public async Task Machines_get_json()
    {
        var command = await RunAsync("--environment", "dev", "--json");

        using var json = JsonDocument.Parse(command.Out);
        var cidr = json.RootElement.GetProperty("environments").GetProperty("dev").EnumerateArray().Single(setting => setting.GetProperty("key").GetString() == "network.natGateways");
        Assert.Equal(0, cidr.GetProperty("value").GetInt32());
        Assert.Empty(json.RootElement.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task The_schema_is_the_one_that_is_checked_in()
    {
        var command = await PlatformCommand.RunAsync("settings", "--schema");

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Deploy", "environments", "settings.schema.json"), TestContext.Current.CancellationToken), command.Out);
    }

    private async Task<PlatformCommand> RunAsync(params string[] arguments)
    {
        var command = await PlatformCommand.RunAsync(["settings", "--manifest", _folder.File("shop/aspire-manifest.json"), .. arguments]);
        return command with
        {
            Out = command.Out.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal),
        };
    }
}
