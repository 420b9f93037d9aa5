using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>What can be wrong with a manifest. No message shows a value that could be a secret.</summary>
internal static class ManifestProblems
{
    private const string WriteAnew = "Write it anew: dotnet run --project APPHOST -- --publisher manifest --output-path aspire-manifest.json";

    public static Problem Empty() => Input("DEP010", "The manifest is empty.", WriteAnew);

    public static Problem Truncated(TextPosition end) => Input("DEP011", $"The manifest ends in the middle of something, at {Text(end)}.", WriteAnew);

    public static Problem NotJson(TextPosition position, string reason) =>
        Input("DEP012", $"The manifest is not JSON at {Text(position)}.", "Correct it there.") with { Detail = reason };

    public static Problem Utf16() => NotUtf8("The manifest is written in UTF-16.", "Save it as UTF-8; in PowerShell by --output-path rather than by '>'.");

    public static Problem NotUtf8(TextPosition position) => NotUtf8($"The manifest is not UTF-8 at {Text(position)}.", "Save it as UTF-8.");

    public static Problem HalfCharacter(TextPosition position) =>
        NotUtf8($"The escape at {Text(position)} is half of a character.", "Write both halves, or the character itself.");

    public static Problem TooLarge(int most) =>
        Input("DEP014", Invariant($"The manifest is larger than {most / 1_000_000} MB."), "Name a file that an AppHost wrote.");

    public static Problem TooDeep(int most, TextPosition position) =>
        Input("DEP015", Invariant($"The manifest is nested deeper than {most} levels at {Text(position)}."), "Take the inner levels out.");

    public static Problem TooMany(int further) =>
        Input("DEP016", Invariant($"{further} further problems are not shown."), "Mend those that are shown, and run it again.");

    public static Problem Twice(string subject, string first, string second)
    {
        var same = first == second;
        var summary = same ? $"'{Place.Shown(first)}' is there twice." : $"'{Place.Shown(first)}' and '{Place.Shown(second)}' differ in upper and lower case only.";
        return Input("DEP017", summary, same ? "Remove one of the two." : "Rename one of the two.", subject);
    }

    public static Problem WrongKind(string? subject, string expected, JsonElement found) =>
        Input("DEP018", $"This should be {expected} and is {KindOf(found)}.", FixOf(expected, found), subject);

    public static Problem Missing(string? subject, string kind, string member) =>
        Input("DEP019", $"{kind} needs the member '{member}'.", $"Add '{member}'.", subject);

    public static Problem OutOfRange(string subject, string written, int least, int most) =>
        Input("DEP020", $"{Place.Shown(written)} is not a whole number {Range(least, most)}.", $"Write a whole number {Range(least, most)}.", subject);

    public static Problem UnknownWord(string subject, string written, ImmutableArray<string> known)
    {
        var meant = ClosestName.Among(known, written);
        var words = $"Write {List(known)}.";
        return Input("DEP021", $"'{Place.Shown(written)}' is none of the words that can stand here.", meant is null ? words : $"Did you mean '{meant}'? {words}", subject);
    }

    public static Problem EmptyText(string subject) => Blank("This is empty.", "Write what it should be.", subject);

    public static Problem EmptyName(string? subject) => Blank("A name is empty.", "Give it a name.", subject);

    public static Problem BadName(string subject, string what, string name) =>
        BadCharacters($"'{Place.Shown(name)}' is no name of {what}.", "Use ASCII letters, digits, '-', '_' and '.'; begin with a letter or a digit.", subject);

    public static Problem NotAPath(string subject) => BadCharacters("This is no path: it has a character that no path can have.", "Correct it.", subject);

    public static Problem UnknownResource(string subject, string name, string? meant) =>
        Input("DEP024", $"'{Place.Shown(name)}' is not a resource of the manifest.", meant is null ? "Correct the name." : $"Did you mean '{meant}'?", subject);

    public static Problem UnknownBinding(string subject, string resource, string binding, ImmutableArray<string> known)
    {
        var meant = ClosestName.Among(known, binding);
        var fix = known.IsEmpty ? "Name a binding, or remove this." : $"Write {List(known)}.";
        return Input(
            "DEP025", $"'{Place.Shown(resource)}' has no binding '{Place.Shown(binding)}'.", meant is null ? fix : $"Did you mean '{meant}'?", subject);
    }

    public static Problem BadScheme(string subject, string scheme) =>
        BadCharacters($"'{Place.Shown(scheme)}' is no scheme of a URL.", "Begin with a letter; use letters, digits, '+', '-' and '.'.", subject);

    public static Problem ImageAndBuild(string? subject) =>
        Contradiction("A container has 'image' or 'build', and this one has both.", "Remove one of the two.", subject);

    public static Problem ValueOrGenerate(string? subject) =>
        Contradiction("A default has 'value' or 'generate': one of the two.", "Write one of them.", subject);

    public static Problem NothingToGenerateFrom(string? subject) =>
        Contradiction("No kind of character is left to generate a value of.", "Allow one of 'lower', 'upper', 'numeric', 'special'.", subject);

    public static Problem ForbiddenAndRequired(string subject, string kind, string minimum) =>
        Contradiction($"'{minimum}' asks for what '{kind}': false forbids.", $"Remove one of the two.", subject);

    public static Problem TooLongToGenerate(string? subject, int most) =>
        Contradiction(Invariant($"The minimums add up to more than {most} characters, the longest that AWS generates."), "Lower them.", subject);

    public static Problem SecretValue(string subject, string name) => HeldSecret("Remove 'default' there", subject, name);

    public static Problem SecretText(string subject, string name) => HeldSecret($"Write '{{{Place.Shown(name)}.inputs.value}}' there", subject, name);

    private static Problem HeldSecret(string first, string subject, string name) =>
        Input(
            "DEP027",
            $"The manifest holds the value of the secret '{Place.Shown(name)}'.",
            $"{first}, change the secret, and put its new value into the target (docs/manifest.md, Parameters).",
            subject);

    private static Problem NotUtf8(string summary, string fix) => Input("DEP013", summary, fix);

    private static Problem Blank(string summary, string fix, string? subject) => Input("DEP022", summary, fix, subject);

    private static Problem BadCharacters(string summary, string fix, string subject) => Input("DEP023", summary, fix, subject);

    private static Problem Contradiction(string summary, string fix, string? subject) => Input("DEP026", summary, fix, subject);

    private static Problem Input(string code, string summary, string fix) => new(code, summary, fix, ExitCode.Input);

    private static Problem Input(string code, string summary, string fix, string? subject) => Input(code, summary, fix) with { Subject = subject };

    private static string Text(TextPosition position) => Invariant($"line {position.Line}, column {position.Column}");

    private static string Range(int least, int most) => most == int.MaxValue ? Invariant($"of {least} or more") : Invariant($"from {least} to {most}");

    private static string List(ImmutableArray<string> words) =>
        words.Length == 1 ? $"'{words[0]}'" : $"{string.Join(", ", words[..^1].Select(word => $"'{word}'"))} or '{words[^1]}'";

    private static string KindOf(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static string FixOf(string expected, JsonElement found) => (expected, found.ValueKind) switch
    {
        ("a text", JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => "Put it in quotes.",
        ("a number" or "true or false", JsonValueKind.String) => "Remove the quotes.",
        _ => $"Write {expected}.",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
