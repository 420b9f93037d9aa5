namespace Platform.Deploy.Settings;

/// <summary>Short forms for the tables of the catalogue.</summary>
internal static class ProfileDefaults
{
    public static SettingDefault Always(SettingValue value) => new SettingDefault.OfProfile(value, value, value);

    public static SettingDefault Always(bool value) => Always(new SettingValue.Boolean(value));

    public static SettingDefault Always(string value) => Always(new SettingValue.Text(value));

    public static SettingDefault PerProfile(string dev, string staging, string production) =>
        new SettingDefault.OfProfile(new SettingValue.Text(dev), new SettingValue.Text(staging), new SettingValue.Text(production));

    public static SettingDefault PerProfile(bool dev, bool staging, bool production) =>
        new SettingDefault.OfProfile(new SettingValue.Boolean(dev), new SettingValue.Boolean(staging), new SettingValue.Boolean(production));

    public static SettingDefault PerProfile(int dev, int staging, int production) =>
        new SettingDefault.OfProfile(new SettingValue.Integer(dev), new SettingValue.Integer(staging), new SettingValue.Integer(production));

    public static SettingDefault EmptyList() => Always(new SettingValue.List([]));
}
