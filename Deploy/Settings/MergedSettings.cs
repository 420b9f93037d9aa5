using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Deploy.Settings;

/// <summary>What all layers together say: of every key the highest layer. Resources and parameters have the spelling of the lowest layer that names them.</summary>
internal sealed class MergedSettings
{
    private readonly Dictionary<string, WrittenSetting> _byKey;

    /// <param name="layers">Lowest first.</param>
    public MergedSettings(IEnumerable<SettingLayer> layers)
    {
        _byKey = new Dictionary<string, WrittenSetting>(StringComparer.Ordinal);
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in layers.SelectMany(layer => layer.Written))
        {
            var spelled = Spelled(setting, spellings);
            if (spelled.Value is not null)
            {
                _byKey[spelled.Key] = spelled;
            }
            else
            {
                Forget(spelled.Path);
            }
        }

        var written = _byKey.Values.ToArray();
        Array.Sort(written, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        Written = [.. written];
    }

    /// <summary>Sorted by key.</summary>
    public ImmutableArray<WrittenSetting> Written { get; }

    public bool TryFind(string key, [NotNullWhen(true)] out WrittenSetting? setting) => _byKey.TryGetValue(key, out setting);

    /// <summary>What stands below a map such as <c>tags</c>; the name is the second part of the path.</summary>
    public IEnumerable<WrittenSetting> Map(string map) => Written.Where(setting => setting.Path[0] == map);

    // All that lower layers say below a path.
    private void Forget(ImmutableArray<string> path)
    {
        foreach (var lower in _byKey.Values.ToArray())
        {
            if (lower.Path.AsSpan().StartsWith(path.AsSpan()))
            {
                _byKey.Remove(lower.Key);
            }
        }
    }

    // Names of the manifest's resources differ in more than case.
    private static WrittenSetting Spelled(WrittenSetting setting, Dictionary<string, string> spellings)
    {
        if (setting.Path.Length < 2 || setting.Path[0] is not ("resources" or "parameters"))
        {
            return setting;
        }

        var name = setting.Path[1];
        spellings.TryAdd(name, name);
        return spellings[name] == name ? setting : new WrittenSetting(setting.Path.SetItem(1, spellings[name]), setting.Node, setting.Value, setting.Place);
    }
}
