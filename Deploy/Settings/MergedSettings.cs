using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>What all layers together say: of every key the highest layer.</summary>
/// <param name="Written">By key. Resources and parameters have the spelling of the lowest layer that names them.</param>
internal sealed record MergedSettings(ImmutableSortedDictionary<string, WrittenSetting> Written)
{
    /// <param name="layers">Lowest first.</param>
    public static MergedSettings Of(IEnumerable<SettingLayer> layers)
    {
        var written = new Dictionary<string, WrittenSetting>(StringComparer.Ordinal);
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in layers.SelectMany(layer => layer.Written))
        {
            var spelled = setting with { Path = Spelled(setting.Path, spellings) };
            if (spelled.Value is not null)
            {
                written[spelled.Key] = spelled;
                continue;
            }

            foreach (var key in written.Where(lower => lower.Value.Path.AsSpan().StartsWith(spelled.Path.AsSpan())).Select(lower => lower.Key).ToList())
            {
                written.Remove(key);
            }
        }

        return new MergedSettings(written.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>What stands below a map such as <c>tags</c>, by name.</summary>
    public IEnumerable<(string Name, WrittenSetting Setting)> Map(string map) =>
        Written.Values.Where(setting => setting.Path[0] == map).Select(setting => (setting.Path[1], setting));

    // Names of the manifest's resources differ in more than case.
    private static ImmutableArray<string> Spelled(ImmutableArray<string> path, Dictionary<string, string> spellings)
    {
        if (path.Length < 2 || path[0] is not ("resources" or "parameters"))
        {
            return path;
        }

        spellings.TryAdd(path[1], path[1]);
        return path.SetItem(1, spellings[path[1]]);
    }
}
