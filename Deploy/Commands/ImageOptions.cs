using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Images;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Commands;

/// <summary>What the verbs of <c>images</c> were asked for.</summary>
/// <param name="Application">With exactly one environment.</param>
internal sealed record ImageInput(ApplicationInput Application)
{
    /// <summary>HOST or HOST/PATH in place of the environment's; null: the environment's.</summary>
    public required string? Registry { get; init; }

    /// <summary>Null: those of the environment's cluster.</summary>
    public required ImmutableArray<Architecture>? Architectures { get; init; }

    /// <summary>In place of the version; null: that of the sources.</summary>
    public required string? Tag { get; init; }

    /// <summary>Names of resources; empty: all.</summary>
    public required ImmutableArray<string> Only { get; init; }

    /// <summary>Hosts that are spoken to without TLS.</summary>
    public required ImmutableArray<string> PlainHosts { get; init; }

    public required bool Json { get; init; }

    /// <summary>The environment's registry is not asked for anything: nobody needs an identity in AWS.</summary>
    public bool IsLocal { get; init; }

    /// <summary>All images of an environment, for the registry and the architectures of its settings.</summary>
    public static ImageInput Of(ApplicationInput application) => new(application)
    {
        Registry = null,
        Architectures = null,
        Tag = null,
        Only = [],
        PlainHosts = [],
        Json = false,
    };
}

/// <summary>The options of the verbs of <c>images</c>.</summary>
internal sealed class ImageOptions
{
    private const string DefaultEnvironment = "dev";
    private readonly ApplicationOptions _application = new();
    private readonly Option<bool> _json = CommandLine.Json();

    private readonly Option<string?> _registry = new("--registry") { HelpName = "HOST[/PATH]", Description = "The registry instead of the environment's, such as ghcr.io/owner or localhost:5000." };

    private readonly Option<string?> _architectures = new("--architectures") { HelpName = "LIST", Description = "amd64, arm64 or amd64,arm64. Default: those of the environment's cluster." };

    private readonly Option<string?> _tag = new("--tag") { HelpName = "TAG", Description = "Takes the place of the version in tags. Default: the nearest git tag, else the project's version." };

    private readonly Option<string[]> _only = new("--only") { HelpName = "RESOURCE", Description = "This image alone. May be repeated." };

    private readonly Option<string[]> _plain = new("--plain-http") { HelpName = "HOST", Description = "Speaks to this registry without TLS; those of this machine are always spoken to so. May be repeated." };

    /// <param name="command">Gets all of them.</param>
    public void AddTo(Command command)
    {
        _application.AddTo(command);
        foreach (var option in new Option[] { _registry, _architectures, _tag, _only, _plain, _json })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="DeployException">A value is none that the option takes.</exception>
    public ImageInput Read(ParseResult parsed)
    {
        var application = _application.Read(parsed);
        if (application.Environments.Length > 1)
        {
            throw new DeployException(UsageProblems.TakesOneValue("--environment", $"{CommandLine.PathOf(parsed.CommandResult.Command)} --help"));
        }

        return new ImageInput(application with { Environments = [application.Environments is [var named] ? named : DefaultEnvironment] })
        {
            Registry = parsed.GetValue(_registry),
            Architectures = Architectures(parsed.GetValue(_architectures)),
            Tag = Tag(parsed.GetValue(_tag)),
            Only = [.. parsed.GetValue(_only) ?? []],
            PlainHosts = [.. parsed.GetValue(_plain) ?? []],
            Json = parsed.GetValue(_json),
        };
    }

    private static ImmutableArray<Architecture>? Architectures(string? text) => text is null
        ? null
        : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Select(name => name switch
        {
            "amd64" => Architecture.Amd64,
            "arm64" => Architecture.Arm64,
            _ => throw new DeployException(UsageProblems.InvalidValue("architecture", name, ["amd64", "arm64"])),
        })];

    private static string? Tag(string? tag) => tag is null || ImageTag.IsVersion(tag) ? tag : throw new DeployException(ImageProblems.NoTag(tag));
}
