using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>Where every value came from, in the order of the catalogue; resources by name.</summary>
internal static class SettingOrigins
{
    public static ImmutableArray<SettingOrigin> Of(SettingsInput input, SettingValues values, MergedSettings merged)
    {
        var profile = Words<Profile>.Of(values.Word<Profile>("profile"));
        var position = SettingCatalogue.All.Select((setting, index) => (setting.Key, index)).ToDictionary(entry => entry.Key, entry => entry.index, StringComparer.Ordinal);
        var ofMaps = merged.Written.Values.Where(written => written.Node.Key.Contains('*', StringComparison.Ordinal)).ToLookup(written => written.Path[0], StringComparer.Ordinal);
        return
        [
            .. SettingCatalogue.All.Where(setting => !IsOfResource(setting)).SelectMany(setting => setting.Key.EndsWith(".*", StringComparison.Ordinal)
                ? ofMaps[setting.Key[..^2]].Select(Written)
                : [merged.Written.TryGetValue(setting.Key, out var written) ? Written(written) : Default(setting, values, Source(setting, profile, input))]),
            .. ofMaps["resources"].OrderBy(written => written.Path[1], StringComparer.Ordinal).ThenBy(written => position[written.Node.Key]).Select(Written),
        ];
    }

    private static bool IsOfResource(Setting setting) => setting.Key.StartsWith("resources.", StringComparison.Ordinal);

    private static SettingOrigin Default(Setting setting, SettingValues values, string source) =>
        new(setting.Key, values.Find(setting.Key)?.ToString() ?? "null", source, setting.Description);

    private static SettingOrigin Written(WrittenSetting written) =>
        new(written.Key, written.Value?.ToString() ?? "null", written.Place.Source, written.Node.Setting?.Description ?? "");

    private static string Source(Setting setting, string profile, SettingsInput input) =>
        setting.Key == "region" && DerivedDefaults.RegionVariable(input) is { } variable ? variable : $"default ({profile})";
}
