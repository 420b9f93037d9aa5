using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>All that settings are read from; the command gathers it.</summary>
internal sealed record SettingsInput
{
    /// <summary>Name of the environment, as the user gave it.</summary>
    public required string Environment { get; init; }

    /// <summary>Name of the AppHost's or the manifest's folder: made fit, it names the application where nobody else does.</summary>
    public required string DefaultApplication { get; init; }

    /// <summary>Null: there is none, and the environment is one of the three profiles.</summary>
    public SettingsFile? File { get; init; }

    /// <summary>Those of the process. Looked at are <c>PLATFORM__…</c>, <c>AWS_REGION</c> and <c>AWS_DEFAULT_REGION</c>.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The region of the user's profile in AWS's files, for verbs that ask AWS: it comes before the default. Null for all others, as what is rendered
    /// does not depend on who renders it.
    /// </summary>
    public string? ProfileRegion { get; init; }

    /// <summary>In the order of the command line: the last one of a key counts.</summary>
    public ImmutableArray<SettingFlag> Flags { get; init; } = [];
}

/// <param name="Name">To show, such as <c>Deploy/environments/dev.json</c>.</param>
internal sealed record SettingsFile(string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>One setting of the command line.</summary>
/// <param name="Flag">Such as <c>--set</c>, <c>--region</c>.</param>
/// <param name="Key">What the flag sets; null: <paramref name="Text"/> is <c>key=value</c>.</param>
internal sealed record SettingFlag(string Flag, string? Key, string Text);
