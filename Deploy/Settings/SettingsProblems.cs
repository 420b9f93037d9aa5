using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>What can be wrong with one setting. A subject is the key, with the file and line, variable or flag that it stands in.</summary>
internal static class SettingsProblems
{
    /// <summary>Neither a file nor a profile has that name.</summary>
    /// <param name="file">Where its file would be, such as <c>Deploy/environments/test.json</c>.</param>
    public static Problem UnknownEnvironment(string name, string file, IReadOnlyCollection<string> known) =>
        new("DEP040", $"There is no environment '{name}'.", $"{DidYouMean(known, name)}Write {file}, or take one of {string.Join(", ", known.Order(StringComparer.Ordinal))}.", ExitCode.Input)
        {
            Subject = "--environment",
        };

    /// <param name="folder">As it was written.</param>
    public static Problem NoFolder(string folder) =>
        new("DEP075", $"The folder of environments '{ShownText.Of(folder)}' is not there.", "Correct the path, or leave --settings out: the files around the application are found.", ExitCode.Input) { Subject = "--settings" };

    /// <param name="what">The file, or "The value" of a flag or variable.</param>
    public static Problem NotJson(string subject, string what, string reason) =>
        new("DEP041", $"{what} cannot be read as JSON: {reason.TrimEnd('.')}.", "Mend it there; comments and trailing commas are allowed.", ExitCode.Input) { Subject = subject };

    public static Problem DuplicateKey(string subject, string key) => Twice(subject, $"'{key}' is written twice.");

    public static Problem UnknownKey(string subject, string key, string? closest) =>
        new(
            "DEP043",
            $"There is no setting '{key}'.",
            closest is not null ? $"Did you mean '{closest}'?"
            : key.StartsWith("resources.", StringComparison.Ordinal) ? "Put the name of a resource in quotes if it has dots; 'settings --explain' shows all other keys."
            : "Remove it; 'settings --explain' shows all keys.",
            ExitCode.Input)
        {
            Subject = subject,
        };

    public static Problem WrongType(string subject, string found, string expected) =>
        new("DEP044", $"Expected {expected}, found {found}.", $"Write {expected}.", ExitCode.Input) { Subject = subject };

    public static Problem OutOfRange(string subject, int number, SettingKind.Integer kind) =>
        Outside(
            subject,
            string.Create(CultureInfo.InvariantCulture, $"{number} is not a number that this setting takes."),
            kind.Allowed.IsEmpty
                ? string.Create(CultureInfo.InvariantCulture, $"Write a number from {kind.Minimum} to {kind.Maximum}.")
                : $"Write one of {string.Join(", ", kind.Allowed.Select(allowed => allowed.ToString(CultureInfo.InvariantCulture)))}.");

    public static Problem EmptyList(string subject) => Outside(subject, "The list is empty.", "Name at least one.");

    public static Problem UnknownWord(string subject, string word, ImmutableArray<string> words) =>
        new("DEP046", $"'{ShownText.Of(word)}' is not a word that this setting takes.", $"{DidYouMean(words, word)}Write one of {string.Join(", ", words)}.", ExitCode.Input) { Subject = subject };

    public static Problem Malformed(string subject, string text, SettingFormat format) =>
        new("DEP047", $"{(format.IsConfidential ? "The value" : $"'{ShownText.Of(text)}'")} is not {format.Name}.", $"Write one such as '{format.Example}'.", ExitCode.Input) { Subject = subject };

    public static Problem NoKeyAndValue(SettingFlag flag) =>
        new("DEP048", $"{flag.Flag} takes key=value, but '{ShownText.Of(flag.Text)}' has no '='.", $"Write it as {flag.Flag} network.natGateways=1.", ExitCode.Usage) { Subject = flag.Flag };

    public static Problem Repeated(string subject, string text) => Twice(subject, $"'{ShownText.Of(text)}' stands in the list twice.");

    /// <summary>What a setting takes, for "Write …".</summary>
    public static string InWords(SettingKind kind) => kind switch
    {
        SettingKind.Text or SettingKind.Choice => "a text in quotes",
        SettingKind.Integer => "a whole number",
        SettingKind.Boolean => "true or false",
        SettingKind.TextList or SettingKind.ChoiceList => "a list of texts in brackets",
        SettingKind.IntegerList => "a list of whole numbers in brackets",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Problem Outside(string subject, string summary, string fix) => new("DEP045", summary, fix, ExitCode.Input) { Subject = subject };

    private static Problem Twice(string subject, string summary) => new("DEP042", summary, "Remove one of them.", ExitCode.Input) { Subject = subject };

    private static string DidYouMean(IEnumerable<string> known, string written) => ClosestName.Among(known, written) is { } closest ? $"Did you mean '{closest}'? " : "";
}
