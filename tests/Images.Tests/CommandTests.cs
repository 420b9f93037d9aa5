using System.Text.RegularExpressions;
using Platform.Deploy.Images.Tests.Fixtures;

namespace Platform.Deploy.Images.Tests;

[Collection(nameof(OneBuild))]
public sealed partial class CommandTests(BuiltApplication built)
{
    private readonly SampleApplication _application = built.Reset();
    private readonly BaseRegistry _bases = built.Bases;

    [Fact]
    public async Task What_is_built_is_compared_pushed_listed_and_promoted_to_another_registry()
    {
        await using var production = await RegistryProcess.StartAsync();
        var staging = _bases.Registry.Host + "/staging";
        _application.Write("Deploy/environments/staging.json", Environment(staging));
        _application.Write("Deploy/environments/production.json", Environment(production.Host + "/live"));
        _application.Commit("Name the registries", "2026-06-07T08:09:10Z");

        var text = string.Concat(
            await RunAsync("images", "build", "--environment", "staging"),
            await RunAsync("images", "push", "--environment", "staging", "--dry-run"),
            await RunAsync("images", "push", "--environment", "staging"),
            await RunAsync("images", "push", "--environment", "staging", "--dry-run"),
            await RunAsync("images", "list", "--environment", "staging"),
            await RunAsync("images", "promote", "--from", "staging", "--to", "production"),
            await RunAsync("images", "promote", "--from", "staging", "--to", "production"),
            await RunAsync("images", "list", "--environment", "production", "--json"),
            await RunAsync("images", "promote", "--from", "production", "--to", "staging", "--tag", "9.9"),
            await RunAsync("images", "update-base", "--environment", "staging"),
            await RunAsync("images", "push", "--only", "wep"));

        Golden.Matches(Normal(text, ("STAGING", staging), ("PRODUCTION", production.Host), ("BASE", _bases.Registry.Host)), "commands.txt");
    }

    [Fact]
    public async Task Where_a_stand_in_plays_ECR_its_registry_is_found_by_the_login_and_its_findings_count()
    {
        await using var registry = await RegistryProcess.WithUsersAsync();
        await using var ecr = new EcrStandIn(registry, "\"CRITICAL\":2,\"LOW\":1");
        _application.Write("Deploy/environments/staging.json", Environment(registry: null));
        _application.Commit("Deploy to the cloud", "2026-06-07T08:09:10Z");

        var text = string.Concat(
            await RunAsync("images", "push", "--environment", "staging", "--json"),
            await RunAsync("images", "list", "--environment", "staging"),
            await RunAsync("images", "push", "--environment", "staging", "--dry-run"));

        Golden.Matches(Normal(text, ("BASE", _bases.Registry.Host)), "commands-ecr.txt");
    }

    private string Environment(string? registry) =>
        $$"""
        {
          "application": "shop",
          {{(registry is null ? "\"account\": \"123456789012\", \"region\": \"eu-west-1\"" : $"\"registry\": {{ \"existing\": \"{registry}\" }}")}},
          "cluster": { "architectures": ["arm64"] },
          "edge": { "allowHttp": true },
          "images": { "baseImage": "{{_bases.BaseImage}}", "severityGate": "critical" }
        }
        """;

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
