using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Flag over environment variable over file over default of the profile; every problem of all of them at once.</summary>
internal static class SettingsReader
{
    public static SettingsReading Read(SettingsInput input)
    {
        var layers = Layers(input).ToList();
        var merged = new MergedSettings(layers);
        var values = new CompletedSettings(input, merged).Values;
        var settings = SettingsBinder.Bind(input.Environment, values, merged) with
        {
            RegionIsDefault = !merged.TryFind("region", out _) && DerivedDefaults.RegionOfTools(input) is null,
        };
        var unclear = layers.SelectMany(layer => layer.Unclear).ToHashSet(StringComparer.Ordinal);

        return new SettingsReading(
            settings,
            () => SettingOrigins.Of(input, values, merged),
            [.. layers.SelectMany(layer => layer.Problems), .. Names(input), .. new SettingConflicts(settings, merged, unclear).All()]);
    }

    private static IEnumerable<SettingLayer> Layers(SettingsInput input)
    {
        if (input.File is { } file)
        {
            yield return JsonLayer.OfFile(file);
        }

        foreach (var (name, text) in input.Variables)
        {
            if (name.StartsWith(FlagLayer.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return FlagLayer.OfVariable(name, text);
            }
        }

        foreach (var flag in input.Flags)
        {
            yield return FlagLayer.OfFlag(flag);
        }
    }

    private static IEnumerable<Problem> Names(SettingsInput input)
    {
        if (!TextFormats.Environment.Accepts(input.Environment))
        {
            yield return SettingsProblems.Malformed("--environment", input.Environment, TextFormats.Environment);
        }

        if (DerivedDefaults.RegionOfTools(input) is { } named && !AwsFormats.Region.Accepts(named.Region))
        {
            yield return SettingsProblems.Malformed($"region ({named.Source})", named.Region, AwsFormats.Region);
        }
    }
}
