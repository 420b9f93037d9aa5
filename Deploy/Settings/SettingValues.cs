using System.Collections.Immutable;
using System.Diagnostics;

namespace Platform.Deploy.Settings;

/// <summary>A value of the right type for every key, by a function that finds it.</summary>
internal sealed class SettingValues(Func<string, SettingValue?> find)
{
    /// <summary>Null: nothing is set.</summary>
    public SettingValue? Find(string key) => find(key);

    public string Text(string key) => OptionalText(key) ?? throw Missing(key);

    public string? OptionalText(string key) => find(key) switch
    {
        null => null,
        SettingValue.Text text => text.Value,
        _ => throw Missing(key),
    };

    public int Integer(string key) => OptionalInteger(key) ?? throw Missing(key);

    public int? OptionalInteger(string key) => find(key) switch
    {
        null => null,
        SettingValue.Integer number => number.Value,
        _ => throw Missing(key),
    };

    public bool Boolean(string key) => OptionalBoolean(key) ?? throw Missing(key);

    public bool? OptionalBoolean(string key) => find(key) switch
    {
        null => null,
        SettingValue.Boolean flag => flag.Value,
        _ => throw Missing(key),
    };

    /// <summary>Empty where nothing is said.</summary>
    public ImmutableArray<string> List(string key) => find(key) switch
    {
        null => [],
        SettingValue.List list => list.Values,
        _ => throw Missing(key),
    };

    /// <summary>Empty where nothing is said.</summary>
    public ImmutableArray<int> Integers(string key) => find(key) switch
    {
        null => [],
        SettingValue.Integers numbers => numbers.Values,
        _ => throw Missing(key),
    };

    /// <summary>The value of the enumeration whose word is set.</summary>
    public int Choice(string key, Type enumeration) => SettingWords.All(enumeration).IndexOf(Text(key));

    // The table and its uses have drifted apart.
    private static UnreachableException Missing(string key) => new($"The catalogue of settings has no value of this type for '{key}'.");
}
