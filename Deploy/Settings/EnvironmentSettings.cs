using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>
/// All that an operator says about one environment, complete: what was not said has the default of its profile.
/// Keys of the file are these names in camel case: <c>network.natGateways</c>, <c>resources.web.replicas.min</c>.
/// </summary>
internal sealed record EnvironmentSettings
{
    /// <summary>The name of the file in <c>environments/</c>, and of <c>--environment</c>. Lower-case letters, digits, hyphens; at most 12.</summary>
    public required string Environment { get; init; }

    /// <summary>First part of every name in AWS. Lower-case letters, digits, hyphens; at most 24. Default: the AppHost's folder or the manifest's, made fit.</summary>
    public required string Application { get; init; }

    /// <summary>What every default is taken from. Default: the environment's name where it is one of the three, else <see cref="Settings.Profile.Dev"/>.</summary>
    public required Profile Profile { get; init; }

    /// <summary>Account id, 12 digits; null where nothing has to be pinned (then artifacts have zeros in its place).</summary>
    public string? Account { get; init; }

    /// <summary>Default: that of <c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c>, for verbs that ask AWS that of the user's profile, else <c>us-east-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Nobody named the region: no file, flag, variable or profile that was looked at.</summary>
    public bool RegionIsDefault { get; init; }

    /// <summary>The region to open AWS with; null leaves it to the profile of the user, where <see cref="Region"/> does not know of it.</summary>
    public string? RegionSaid => RegionIsDefault ? null : Region;

    /// <summary>2 or 3 names of zones. Default: the first ones of the region that EKS takes control planes in.</summary>
    public required ImmutableArray<string> AvailabilityZones { get; init; }

    /// <summary>Namespace of the application. Default: the application's name; <c>APPLICATION-ENVIRONMENT</c> in a cluster that exists already.</summary>
    public required string Namespace { get; init; }

    /// <summary>Further tags of every AWS resource of the environment, beside <c>app</c>, <c>env</c>, <c>managed-by</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    public required NetworkSettings Network { get; init; }

    public required ClusterSettings Cluster { get; init; }

    public required RegistrySettings Registry { get; init; }

    public required EdgeSettings Edge { get; init; }

    public required OperationsSettings Operations { get; init; }

    public required GitHubSettings GitHub { get; init; }

    public required GitOpsSettings GitOps { get; init; }

    public required ImageSettings Images { get; init; }

    /// <summary>By name of the manifest's resource, whatever its case.</summary>
    public required ImmutableSortedDictionary<string, ResourceSettings> Resources { get; init; }

    /// <summary>Values of plain parameters, by name whatever its case. A secret has no place here: it is put into the target by name.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>Resources that may be left out although others could refer to them (<c>--allow-missing</c>).</summary>
    public required ImmutableSortedSet<string> AllowMissing { get; init; }
}

internal enum Profile
{
    Dev,
    Staging,
    Production,
}

/// <summary>What reading gave.</summary>
/// <param name="Settings">With the default in the place of what could not be understood.</param>
/// <param name="Explain">Gives <see cref="Origins"/>.</param>
/// <param name="Problems">All there are.</param>
internal sealed record SettingsReading(EnvironmentSettings Settings, Func<ImmutableArray<SettingOrigin>> Explain, ImmutableArray<Problem> Problems)
{
    /// <summary>Where each value came from. Made when asked for: only <c>settings</c> shows it.</summary>
    public ImmutableArray<SettingOrigin> Origins => Explain();
}

/// <param name="Key">Such as <c>network.cidr</c>.</param>
/// <param name="Value">As it would be written in the file (JSON).</param>
/// <param name="Source">Such as <c>--set</c>, <c>PLATFORM__NETWORK__CIDR</c>, <c>environments/dev.json</c>, <c>default (dev)</c>.</param>
/// <param name="Description">Of the key, from the catalogue.</param>
internal sealed record SettingOrigin(string Key, string Value, string Source, string Description);
