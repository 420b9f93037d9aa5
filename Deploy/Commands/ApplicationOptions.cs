using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Commands;

/// <summary>The options of every verb that reads an application and its environments.</summary>
internal sealed class ApplicationOptions
{
    private readonly Option<string?> _appHost = new("--app-host")
    {
        HelpName = "DIR",
        Description = "The AppHost's project or its folder; it is run to publish its manifest. Default: the AppHost of the solution around the working directory.",
    };

    private readonly Option<string?> _manifest = new("--manifest") { HelpName = "FILE", Description = "An Aspire manifest instead of an AppHost." };

    private readonly Option<string[]> _environments = new("--environment", "-e")
    {
        HelpName = "NAME",
        Description = "An environment: a file NAME.json of the settings, or dev, staging, production. May be repeated. Default: every file there is, else dev.",
    };

    private readonly Option<string[]> _set = new("--set") { HelpName = "KEY=VALUE", Description = "One setting, over files and variables. May be repeated." };

    private readonly Option<string[]> _allowMissing = new("--allow-missing")
    {
        HelpName = "RESOURCE",
        Description = "Goes on without a resource that cannot be deployed. May be repeated.",
    };

    private readonly Option<string?> _settings = new("--settings")
    {
        HelpName = "DIR",
        Description = "The folder of the environments' files. Default: the nearest Deploy/environments or environments around the AppHost, the manifest, or the working directory.",
    };

    public ApplicationOptions() => _environments.CompletionSources.Add(completion => KnownEnvironments(completion.ParseResult.GetValue(_settings)));

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _appHost, _manifest, _environments, _set, _allowMissing, _settings })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="DeployException">Options exclude each other.</exception>
    public ApplicationInput Read(ParseResult parsed)
    {
        var (appHost, manifest) = (parsed.GetValue(_appHost), parsed.GetValue(_manifest));
        if (appHost is not null && manifest is not null)
        {
            throw new DeployException(UsageProblems.Excluding("--app-host", "--manifest"));
        }

        var allowed = parsed.GetValue(_allowMissing) ?? [];
        return new ApplicationInput(appHost, manifest, parsed.GetValue(_settings), Directory.GetCurrentDirectory())
        {
            Environments = [.. (parsed.GetValue(_environments) ?? []).Distinct(StringComparer.Ordinal)],
            Flags =
            [
                .. (parsed.GetValue(_set) ?? []).Select(text => new SettingFlag("--set", Key: null, text)),
                .. allowed.Length == 0 ? [] : new[] { new SettingFlag("--allow-missing", "allowMissing", string.Join(',', allowed)) },
            ],
        };
    }

    private static IEnumerable<string> KnownEnvironments(string? folder) =>
        (folder ?? SettingsFiles.FolderAbove(Directory.GetCurrentDirectory())) is { } found ? SettingsFiles.Names(found) : SettingWords.All(typeof(Profile));
}

/// <summary>What the user said of the application and its environments.</summary>
/// <param name="AppHost">As written; null: not said.</param>
/// <param name="Manifest">As written; null: not said.</param>
/// <param name="SettingsFolder">As written; null: not said.</param>
/// <param name="WorkingDirectory">What all of them are relative to.</param>
internal sealed record ApplicationInput(string? AppHost, string? Manifest, string? SettingsFolder, string WorkingDirectory)
{
    /// <summary>Each once, in the order of the command line; empty: not said.</summary>
    public required ImmutableArray<string> Environments { get; init; }

    public required ImmutableArray<SettingFlag> Flags { get; init; }

    /// <summary><see cref="SettingsInput.ProfileRegion"/>.</summary>
    public string? ProfileRegion { get; init; }
}
