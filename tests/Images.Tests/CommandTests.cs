using System.Text.RegularExpressions;
using Platform.Deploy.Images.Tests.Fixtures;

namespace Platform.Deploy.Images.Tests;

public sealed partial class CommandTests(BaseRegistry bases) : IClassFixture<BaseRegistry>, IDisposable
{
    private readonly SampleApplication _application = SampleApplication.Create(bases);

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task What_is_built_is_compared_pushed_listed_and_promoted_to_another_registry()
    {
        await using var production = await RegistryProcess.StartAsync();
        var staging = bases.Registry.Host + "/staging";
        _application.Write("Deploy/environments/staging.json", Environment(staging));
        _application.Write("Deploy/environments/production.json", Environment(production.Host + "/live"));
        _application.Commit("Name the registries", "2026-06-07T08:09:10Z");

        var text = string.Concat(
            await RunAsync("images", "build", "--environment", "staging"),
            await RunAsync("images", "push", "--environment", "staging", "--dry-run"),
            await RunAsync("images", "push", "--environment", "staging"),
            await RunAsync("images", "push", "--environment", "staging"),
            await RunAsync("images", "push", "--environment", "staging", "--dry-run"),
            await RunAsync("images", "list", "--environment", "staging"),
            await RunAsync("images", "promote", "--from", "staging", "--to", "production"),
            await RunAsync("images", "promote", "--from", "staging", "--to", "production"),
            await RunAsync("images", "list", "--environment", "production", "--json"),
            await RunAsync("images", "promote", "--from", "production", "--to", "staging", "--tag", "9.9"),
            await RunAsync("images", "update-base", "--environment", "staging"),
            await RunAsync("images", "push", "--only", "wep"));

        Golden.Matches(Normal(text, ("STAGING", staging), ("PRODUCTION", production.Host), ("BASE", bases.Registry.Host)), "commands.txt");
    }

    private string Environment(string registry) =>
        $$"""{ "application": "shop", "edge": { "allowHttp": true }, "registry": { "existing": "{{registry}}" }, "images": { "baseImage": "{{bases.BaseImage}}" } }""";

    private async Task<string> RunAsync(params string[] arguments)
    {
        var command = await PlatformCommand.RunAsync([.. arguments, "--manifest", Path.Combine(_application.Root, "AppHost", "aspire-manifest.json")]);
        return $"$ platform {string.Join(' ', arguments)}\n{command.Out}{(command.Error.Length > 0 ? $"── stderr\n{command.Error}" : "")}── exit code {command.ExitCode}\n\n";
    }

    private string Normal(string text, params (string Name, string Value)[] names)
    {
        text = text.Replace(_application.Root, "ROOT", StringComparison.Ordinal).Replace(_application.Git("rev-parse", "--short=12", "v1.4.0"), "COMMIT", StringComparison.Ordinal);
        foreach (var (name, value) in names)
        {
            text = text.Replace(value, name, StringComparison.Ordinal);
        }

        return Changing().Replace(text, match => match.Value.StartsWith("sha256", StringComparison.Ordinal) ? "sha256:DIGEST" : "N");
    }

    // Digests, sizes and ages.
    [GeneratedRegex(@"sha256:[0-9a-f]{64}|(?<=""bytes"": )[1-9][0-9]*|[0-9.]+(?= [kM]?B\b)|[0-9]+(?= days old)")]
    private static partial Regex Changing();
}
