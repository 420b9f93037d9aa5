using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Reads flags and environment variables: a key and a text each.</summary>
internal static class FlagLayer
{
    /// <summary>Of variables: <c>PLATFORM__NETWORK__CIDR</c> is <c>network.cidr</c>.</summary>
    public const string Prefix = "PLATFORM__";

    private static readonly Spelling InFlags = new(".", (node, name) => node.Member(name) is { } member ? (name, member) : null);
    private static readonly Spelling InVariables = new("__", (node, name) => node.MemberOfVariable(name));

    public static SettingLayer OfFlag(SettingFlag flag)
    {
        var split = flag.Key is null ? Split(flag.Text) : 0;
        if (split < 0)
        {
            return new SettingLayer([], [SettingsProblems.NoKeyAndValue(flag)], []);
        }

        var (key, text) = flag.Key is null ? (flag.Text[..split], flag.Text[(split + 1)..]) : (flag.Key, flag.Text);
        var place = new SettingPlace(flag.Flag, null);
        return SettingPath.Parse(key) is { } path ? Along(path, InFlags, place, text) : Unknown(key, place, null);
    }

    /// <summary>An empty variable says nothing: that is what a workflow sets from one that it does not have.</summary>
    public static SettingLayer OfVariable(string name, string text) =>
        text.Length == 0 ? SettingLayer.Empty : Along([.. name[Prefix.Length..].Split("__")], InVariables, new SettingPlace(name, null), text);

    // The '=' behind the key: one in quotes belongs to a name.
    private static int Split(string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (text[i] == '=' && !quoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static SettingLayer Along(ImmutableArray<string> segments, Spelling spelling, SettingPlace place, string text)
    {
        var path = ImmutableArray<string>.Empty;
        var node = SettingCatalogue.Root;
        while (path.Length < segments.Length)
        {
            // Where names lead to values the rest is one name: Logging__LogLevel, cost.center.
            var isLast = node.IsMapOfValues;
            var segment = isLast ? string.Join(spelling.Separator, segments.Skip(path.Length)) : segments[path.Length];
            if (spelling.Member(node, segment) is not var (name, member))
            {
                return Unknown(SettingPath.Key(path.AddRange(segments.Skip(path.Length))), place, UnknownKeys.Closest(node, path, [.. segments.Skip(path.Length)]));
            }

            path = path.Add(name);
            if (node.AnyName is not null && !node.NameFormat.Accepts(name))
            {
                return Wrong(SettingsProblems.Malformed(place.Of(SettingPath.Key(path)), name, node.NameFormat), SettingPath.Key(path));
            }

            node = member;
            if (isLast)
            {
                break;
            }
        }

        return Value(path, node, place, text);
    }

    private static SettingLayer Value(ImmutableArray<string> path, SettingNode node, SettingPlace place, string text)
    {
        var key = SettingPath.Key(path);
        if (text == "null" && !node.IsValueOfMap)
        {
            return new SettingLayer([new WrittenSetting(path, node, null, place)], [], []);
        }

        if (node.Setting is not { } setting)
        {
            return text.StartsWith('{')
                ? JsonLayer.OfText(place, text, node, path)
                : Wrong(SettingsProblems.WrongType(place.Of(key), "a text", "an object in braces"), key);
        }

        if (setting.Kind is SettingKind.TextList or SettingKind.ChoiceList or SettingKind.IntegerList && text.StartsWith('['))
        {
            return JsonLayer.OfText(place, text, node, path);
        }

        if (SettingText.Parse(setting.Kind, text) is not { } value)
        {
            return Wrong(SettingsProblems.WrongType(place.Of(key), $"'{ShownText.Of(text)}'", SettingsProblems.InWords(setting.Kind)), key);
        }

        var wrong = SettingText.Problems(setting, value, place.Of(key)).ToImmutableArray();
        return wrong.IsEmpty ? new SettingLayer([new WrittenSetting(path, node, value, place)], [], []) : new SettingLayer([], wrong, [key]);
    }

    private static SettingLayer Unknown(string key, SettingPlace place, string? closest) =>
        new([], [SettingsProblems.UnknownKey(place.Of(key), key, closest)], closest is null ? [] : [closest]);

    private static SettingLayer Wrong(Problem problem, string unclear) => new([], [problem], [unclear]);

    /// <param name="Separator">Between the names of a key.</param>
    /// <param name="Member">Finds a member by its name there; gives the name as a file has it.</param>
    private sealed record Spelling(string Separator, Func<SettingNode, string, (string Name, SettingNode Node)?> Member);
}
