using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>A value as one text, of a flag or a variable; and what any value has to be.</summary>
internal static class SettingText
{
    /// <summary>Null: the text is no such value. A list in brackets is JSON and not read here.</summary>
    public static SettingValue? Parse(SettingKind kind, string text) => kind switch
    {
        SettingKind.Text or SettingKind.Choice => new SettingValue.Text(text),
        SettingKind.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new SettingValue.Integer(number) : null,
        SettingKind.Boolean => bool.TryParse(text, out var flag) ? new SettingValue.Boolean(flag) : null,
        SettingKind.TextList or SettingKind.ChoiceList => new SettingValue.List([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]),
        SettingKind.IntegerList => Integers(text),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What is wrong with a value of the right type.</summary>
    /// <param name="subject">Its key and place.</param>
    public static IEnumerable<Problem> Problems(Setting setting, SettingValue value, string subject) => (setting.Kind, value) switch
    {
        (SettingKind.Text(var format), SettingValue.Text(var text)) => Malformed(format, [text], subject),
        (SettingKind.TextList list, SettingValue.List(var texts)) => [.. Few(list.Fewest, texts, subject), .. Malformed(list.Format, texts, subject), .. Repeated(texts, subject)],
        (SettingKind.Choice(var words), SettingValue.Text(var word)) => Unknown(words, [word], subject),
        (SettingKind.ChoiceList(var words), SettingValue.List(var texts)) => [.. Few(1, texts, subject), .. Unknown(words, texts, subject), .. Repeated(texts, subject)],
        (SettingKind.Integer kind, SettingValue.Integer(var number)) => OutOfRange(kind, number, subject),
        (SettingKind.IntegerList list, SettingValue.Integers(var numbers)) => numbers.SelectMany(number => OutOfRange(new SettingKind.Integer(list.Minimum, list.Maximum), number, subject)),
        _ => [],
    };

    private static SettingValue.Integers? Integers(string text)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return new SettingValue.Integers(numbers.ToImmutable());
    }

    private static IEnumerable<Problem> Few(int fewest, ImmutableArray<string> texts, string subject) =>
        texts.Length < fewest ? [SettingsProblems.EmptyList(subject)] : [];

    private static IEnumerable<Problem> Malformed(SettingFormat format, ImmutableArray<string> texts, string subject) =>
        texts.Where(text => !format.Accepts(text)).Select(text => SettingsProblems.Malformed(subject, text, format));

    private static IEnumerable<Problem> Unknown(ImmutableArray<string> words, ImmutableArray<string> texts, string subject) =>
        texts.Where(text => !words.Contains(text)).Select(text => SettingsProblems.UnknownWord(subject, text, words));

    private static IEnumerable<Problem> Repeated(ImmutableArray<string> texts, string subject) =>
        texts.GroupBy(text => text, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => SettingsProblems.Repeated(subject, group.Key));

    private static IEnumerable<Problem> OutOfRange(SettingKind.Integer kind, int number, string subject) =>
        number < kind.Minimum || number > kind.Maximum || (kind.Allowed.Length > 0 && !kind.Allowed.Contains(number))
            ? [SettingsProblems.OutOfRange(subject, number, kind)]
            : [];
}
