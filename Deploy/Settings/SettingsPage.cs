using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Platform.Deploy.Settings;

/// <summary>The catalogue as a page to read: <c>docs/settings.md</c>.</summary>
internal static class SettingsPage
{
    /// <param name="introduction">What stands above the tables; ends with a line feed.</param>
    public static string Render(string introduction)
    {
        var page = new StringBuilder(introduction);
        var group = "-";
        foreach (var setting in SettingCatalogue.All)
        {
            if (Group(setting) is var next && next != group)
            {
                group = next;
                page.Append(CultureInfo.InvariantCulture, $"\n{Heading(group)}\n\n| Key | Takes | Default | Meaning |\n|---|---|---|---|\n");
            }

            page.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | {Cell(Takes(setting.Kind))} | {Cell(Default(setting))} | {Cell(setting.Description)} |\n");
        }

        return page.ToString();
    }

    /// <summary>In words: one value, three with dots between them (dev · staging · production), or the rule.</summary>
    public static string Default(Setting setting) => setting.Default switch
    {
        SettingDefault.OfProfile { IsSame: true } same => Shown(same.Dev),
        SettingDefault.OfProfile each => $"{Shown(each.Dev)} · {Shown(each.Staging)} · {Shown(each.Production)}",
        SettingDefault.Derived(var rule) => rule,
        SettingDefault.Absent(var meaning) => meaning,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Shown(SettingValue value) => value switch
    {
        SettingValue.Text(var text) => text,
        SettingValue.List { Values.IsEmpty: true } => "none",
        SettingValue.List(var texts) => string.Join(", ", texts),
        _ => value.ToString(),
    };

    private static string Takes(SettingKind kind) => kind switch
    {
        SettingKind.Text(var format) => format.Name,
        SettingKind.TextList(var format) => $"a list: {format.Name}",
        SettingKind.Choice(var words) => Any(words),
        SettingKind.ChoiceList(var words) => $"a list: {Any(words)}",
        SettingKind.Boolean => "true or false",
        SettingKind.Integer { Allowed.IsEmpty: false } number => string.Join(", ", number.Allowed.Select(allowed => allowed.ToString(CultureInfo.InvariantCulture))),
        SettingKind.Integer { Maximum: int.MaxValue } number => string.Create(CultureInfo.InvariantCulture, $"{number.Minimum} or more"),
        SettingKind.Integer number => string.Create(CultureInfo.InvariantCulture, $"{number.Minimum} to {number.Maximum}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Any(ImmutableArray<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    // The first part of the key, where there is more than one.
    private static string Group(Setting setting) => setting.Key.Split('.') is [var group, _, ..] && group is not ("tags" or "parameters") ? group : "";

    private static string Heading(string group) => group.Length == 0 ? "## The environment" : $"## {group}\n\n{SettingCatalogue.Groups[group]}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
