using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>The coverage table as files: for people (<c>coverage.md</c>) and for machines (<c>coverage.json</c>).</summary>
internal static class CoverageReport
{
    public static IEnumerable<Artifact> Files(ImmutableArray<EnvironmentCoverage> environments) =>
    [
        Artifact.OfText("coverage.md", Markdown(CoverageRow.Of(environments))),
        new Artifact("coverage.json", () => JsonText.Json(json =>
        {
            json.WriteStartObject();
            WriteTo(json, environments);
            json.WriteEndObject();
        })),
    ];

    /// <summary>The word that stands for an outcome, for people and machines.</summary>
    public static string Word(CoverageOutcome outcome) => outcome switch
    {
        CoverageOutcome.Becomes => "becomes",
        CoverageOutcome.Substituted => "substituted",
        CoverageOutcome.Refused => "refused",
        _ => "missing",
    };

    /// <summary>Writes the member <c>environments</c> into an open object.</summary>
    public static void WriteTo(Utf8JsonWriter json, ImmutableArray<EnvironmentCoverage> environments)
    {
        json.WriteStartObject("environments");
        foreach (var (environment, entries) in environments)
        {
            json.WriteStartArray(environment);
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("resource", entry.Resource);
                json.WriteString("type", entry.Type);
                json.WriteString("outcome", Word(entry.Outcome));
                json.WriteString("becomes", entry.Becomes);
                if (entry.Cure is not null)
                {
                    json.WriteString("cure", entry.Cure);
                }

                json.WriteStartArray("notes");
                foreach (var note in entry.Notes)
                {
                    json.WriteStringValue(note);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Markdown(ImmutableArray<CoverageRow> rows)
    {
        var text = new StringBuilder("# What each resource becomes\n\n| Resource | Type | | In the cluster and in AWS |\n|---|---|---|---|\n");
        foreach (var row in rows)
        {
            IEnumerable<string> said = [.. row.Becomes, .. row.Cure is null ? [] : new[] { $"**Cure:** {row.Cure}" }, .. row.Notes];
            var resource = row.Environments.Length == 0 ? row.Resource : $"{row.Resource} ({string.Join(", ", row.Environments)})";
            _ = text.Append("| ").Append(Cell(resource)).Append(" | `").Append(Cell(row.Type)).Append("` | ").Append(Word(row.Outcome)).Append(" | ")
                .AppendJoin("<br>", said.Select(Cell)).Append(" |\n");
        }

        return text.ToString();
    }

    // Names and types come from the manifest and may hold anything.
    private static string Cell(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
