using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Terminal;

/// <summary>What changed since the last rendering: the lines of every file, then a summary by resource.</summary>
internal static class DiffText
{
    public static string Render(string folder, ImmutableArray<ArtifactChange> changes, Palette palette)
    {
        if (changes.IsEmpty)
        {
            return $"Nothing changed since the rendering in {folder}.\n";
        }

        var text = new StringBuilder();
        foreach (var change in changes)
        {
            _ = text.Append(palette.Strong($"{Sign(change.Kind)} {change.Path}")).Append('\n');
            foreach (var line in change.Lines)
            {
                _ = text.Append(Styled(line, palette)).Append('\n');
            }
        }

        _ = text.Append(palette.Strong(Counts(changes))).Append('\n');
        foreach (var resource in changes.GroupBy(change => change.Resource).OrderBy(resource => resource.Key, StringComparer.Ordinal))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"  {resource.Key ?? "all resources"}: {string.Join(", ", resource.Select(change => $"{Sign(change.Kind)} {change.Path}"))}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes the member <c>changes</c> into an open object.</summary>
    public static void WriteTo(Utf8JsonWriter json, ImmutableArray<ArtifactChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("path", change.Path);
            json.WriteString("kind", Word(change.Kind));
            json.WriteString("resource", change.Resource);
            json.WriteStartArray("lines");
            foreach (var line in change.Lines)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Counts(ImmutableArray<ArtifactChange> changes) =>
        string.Join(", ", Enum.GetValues<ChangeKind>()
            .Select(kind => (Kind: kind, Count: changes.Count(change => change.Kind == kind)))
            .Where(kind => kind.Count > 0)
            .Select(kind => $"{kind.Count} {(kind.Count == 1 ? "file" : "files")} {Word(kind.Kind)}"));

    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "added",
        ChangeKind.Changed => "changed",
        _ => "removed",
    };

    private static char Sign(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => '+',
        ChangeKind.Changed => '~',
        _ => '-',
    };

    private static string Styled(string line, Palette palette) => line[0] switch
    {
        '+' => palette.Good(line),
        '-' => palette.Gone(line),
        '@' => palette.Quiet(line),
        _ => line,
    };
}
