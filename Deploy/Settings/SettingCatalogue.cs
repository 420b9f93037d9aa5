using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>
/// Every key that there is. Reading, checking, <c>settings --explain</c>, the JSON schema and <c>docs/settings.md</c> are driven by this table;
/// <see cref="SettingsBinder"/> puts its values into the records.
/// </summary>
internal static class SettingCatalogue
{
    /// <summary>In the order in which they are shown: groups stand together.</summary>
    public static readonly ImmutableArray<Setting> All = [.. InfrastructureCatalogue.Settings, .. ApplicationCatalogue.Settings];

    /// <summary>The keys as a tree, for finding them segment by segment.</summary>
    public static readonly SettingNode Root = SettingNode.TreeOf(All);

    /// <summary>How the names look that an operator makes up or takes from the manifest.</summary>
    /// <param name="map">Key of their group.</param>
    public static SettingFormat NameFormat(string map) => map switch
    {
        "resources" or "parameters" => TextFormats.ResourceName,
        "tags" => AwsFormats.TagName,
        "resources.*.env" => TextFormats.VariableName,
        _ => throw new System.Diagnostics.UnreachableException(map),
    };

    /// <summary>Whether a group stands for a thing: an empty one is a mistake, not nothing said.</summary>
    public static bool IsThing(string group) => group is "network.existing" or "cluster.existing" or "resources.*.substitute";
}
