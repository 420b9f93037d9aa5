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

    /// <summary>How the names look that an operator makes up or takes from the manifest: by the key of their group.</summary>
    public static readonly ImmutableDictionary<string, SettingFormat> NameFormats = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create("resources", TextFormats.ResourceName),
            KeyValuePair.Create("parameters", TextFormats.ResourceName),
            KeyValuePair.Create("tags", AwsFormats.TagName),
            KeyValuePair.Create("resources.*.env", TextFormats.VariableName),
        ]);

    /// <summary>What the groups mean, for editors and the page of settings.</summary>
    public static readonly ImmutableDictionary<string, string> Groups = ImmutableDictionary.CreateRange(StringComparer.Ordinal, SettingGroups.Described);

    /// <summary>The keys as a tree, for finding them segment by segment.</summary>
    public static readonly SettingNode Root = SettingNode.TreeOf(All);
}
