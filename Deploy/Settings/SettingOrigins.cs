using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>Where every value came from, in the order of the catalogue; resources by name.</summary>
internal static class SettingOrigins
{
    public static ImmutableArray<SettingOrigin> Of(SettingsInput input, SettingValues values, MergedSettings merged)
    {
        var origins = ImmutableArray.CreateBuilder<SettingOrigin>();
        var position = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var setting in SettingCatalogue.All)
        {
            position.Add(setting.Key, position.Count);
            if (setting.Key.StartsWith("resources.", StringComparison.Ordinal))
            {
                continue;
            }

            if (setting.Key.EndsWith(".*", StringComparison.Ordinal))
            {
                origins.AddRange(merged.Map(setting.Key[..^2]).Select(Written));
            }
            else
            {
                origins.Add(merged.TryFind(setting.Key, out var written) ? Written(written) : Default(setting, values, input));
            }
        }

        origins.AddRange(merged.Map("resources").OrderBy(written => written.Path[1], StringComparer.Ordinal).ThenBy(written => position[written.Node.Key]).Select(Written));
        return origins.ToImmutable();
    }

    private static SettingOrigin Written(WrittenSetting written) =>
        new(written.Key, written.Value?.ToString() ?? "null", written.Place.Source, written.Node.Setting?.Description ?? "");

    private static SettingOrigin Default(Setting setting, SettingValues values, SettingsInput input)
    {
        var source = setting.Key == "region" && DerivedDefaults.RegionOfTools(input) is { } named ? named.Source : $"default ({values.Text("profile")})";
        return new(setting.Key, values.Find(setting.Key)?.ToString() ?? "null", source, setting.Description);
    }
}
