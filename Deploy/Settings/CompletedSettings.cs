namespace Platform.Deploy.Settings;

/// <summary>
/// A value for every key: what is written, else the default. A default may follow from settings whose own default follows from others (there is no
/// circle in them), so each one is found when it is asked for, once.
/// </summary>
internal sealed class CompletedSettings
{
    private readonly SettingsInput _input;
    private readonly MergedSettings _merged;
    private readonly Dictionary<string, SettingValue?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Setting> _settings = SettingCatalogue.All.ToDictionary(setting => setting.Key, StringComparer.Ordinal);

    public CompletedSettings(SettingsInput input, MergedSettings merged)
    {
        _input = input;
        _merged = merged;
        Values = new SettingValues(Find);
    }

    public SettingValues Values { get; }

    private SettingValue? Find(string key)
    {
        if (!_known.TryGetValue(key, out var value))
        {
            value = _merged.TryFind(key, out var written) ? written.Value : Default(key);
            _known[key] = value;
        }

        return value;
    }

    private SettingValue? Default(string key) => _settings[key].Default switch
    {
        SettingDefault.OfProfile each => each.For((Profile)Values.Choice("profile", typeof(Profile))),
        SettingDefault.Derived => DerivedDefaults.For(key, Values, _input),
        _ => null,
    };
}
