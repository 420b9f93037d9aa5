using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>One key that one layer says something about.</summary>
/// <param name="Value">Null: what lower layers say about it, and about all below it, does not count.</param>
internal sealed record WrittenSetting(ImmutableArray<string> Path, SettingNode Node, SettingValue? Value, SettingPlace Place)
{
    public string Key { get; } = SettingPath.Key(Path);
}

/// <summary>What one layer says.</summary>
/// <param name="Unclear">Keys that something was wrong with: what depends on them is not judged.</param>
internal sealed record SettingLayer(ImmutableArray<WrittenSetting> Written, ImmutableArray<Problem> Problems, ImmutableArray<string> Unclear)
{
    public static readonly SettingLayer Empty = new([], [], []);
}

/// <param name="Source">A flag, a variable, a file.</param>
/// <param name="Line">From 1, in a file; else null.</param>
internal sealed record SettingPlace(string Source, int? Line)
{
    public string Of(string key) => Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{key} ({Source}:{line})") : $"{key} ({Source})";
}

/// <summary>The text form of a key: segments with dots between them, in quotes where a segment has one itself.</summary>
internal static class SettingPath
{
    public static string Key(IEnumerable<string> path) => string.Join('.', path.Select(Quoted));

    /// <summary>Null: a quote is not closed, or a segment is empty.</summary>
    public static ImmutableArray<string>? Parse(string key)
    {
        var path = ImmutableArray.CreateBuilder<string>();
        var segment = new StringBuilder();
        var quoted = false;
        foreach (var character in key.Append('.'))
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character != '.' || quoted)
            {
                segment.Append(character);
            }
            else if (segment.Length == 0)
            {
                return null;
            }
            else
            {
                path.Add(segment.ToString());
                segment.Clear();
            }
        }

        return quoted ? null : path.ToImmutable();
    }

    private static string Quoted(string segment) =>
        ShownText.Of(segment) is var shown && segment.AsSpan().ContainsAny('.', '=', ' ') ? $"\"{shown}\"" : shown;
}
