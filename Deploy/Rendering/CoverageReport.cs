using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>The coverage table as files: for people (<c>coverage.md</c>) and for machines (<c>coverage.json</c>).</summary>
internal static class CoverageReport
{
    public static IEnumerable<Artifact> Files(ImmutableArray<EnvironmentCoverage> environments) =>
    [
        Artifact.OfText("coverage.md", Markdown(CoverageRow.Of(environments))),
        new Artifact("coverage.json", () => Json(environments)),
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
        foreach (var (entry, environments) in rows)
        {
            IEnumerable<string> said = [entry.Becomes, .. entry.Cure is null ? [] : new[] { $"**Cure:** {entry.Cure}" }, .. entry.Notes];
            var resource = environments.Length == 0 ? entry.Resource : $"{entry.Resource} ({string.Join(", ", environments)})";
            _ = text.Append("| ").Append(Cell(resource)).Append(" | `").Append(Cell(entry.Type)).Append("` | ").Append(Word(entry.Outcome)).Append(" | ")
                .AppendJoin("<br>", said.Select(Cell)).Append(" |\n");
        }

        return text.ToString();
    }

    // Names and types come from the manifest and may hold anything.
    private static string Cell(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static ReadOnlyMemory<byte> Json(ImmutableArray<EnvironmentCoverage> environments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteTo(json, environments);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
