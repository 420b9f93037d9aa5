using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>What a doctor found: a line a finding, its cure below it.</summary>
internal static class DoctorText
{
    private const int WidestText = 120;

    public static string Render(ImmutableArray<Finding> findings, Screen screen)
    {
        var palette = new Palette(screen.Colours);
        var width = Math.Min(screen.Width, WidestText);
        var column = findings.Max(finding => finding.Subject.Length);
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            var indent = column + 4;
            var told = finding.Problem is { } problem ? $"{finding.Text} ({problem.Code})" : finding.Text;
            var sign = finding.State switch { FindingState.Good => palette.Good("✓"), FindingState.Careful => palette.Careful("!"), _ => palette.Bad("✗") };
            _ = text.Append(sign).Append(' ').Append(finding.Subject.PadRight(column)).Append("  ").Append(Paragraph.Wrap(told, width, indent).AsSpan(indent)).Append('\n');
            if (finding.Cure is { } cure)
            {
                _ = text.Append(palette.Quiet(Paragraph.Wrap($"→ {cure}", width, indent))).Append('\n');
            }

            foreach (var line in (finding.Problem?.Detail ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _ = text.Append(palette.Quiet(Paragraph.Wrap($"| {line}", width, indent))).Append('\n');
            }
        }

        var (bad, careful) = (findings.Count(finding => finding.State == FindingState.Bad), findings.Count(finding => finding.State == FindingState.Careful));
        return text.Append('\n').Append((bad, careful) switch
        {
            (0, 0) => "All is well.",
            (0, _) => $"Nothing stops a deployment; {careful} to look at.",
            _ => $"{bad} to mend before a deployment{(careful == 0 ? "" : $", {careful} to look at")}.",
        }).Append('\n').ToString();
    }

    public static void WriteTo(Utf8JsonWriter json, ImmutableArray<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("state", finding.State switch { FindingState.Good => "good", FindingState.Careful => "careful", _ => "bad" });
            json.WriteString("subject", finding.Subject);
            json.WriteString("text", finding.Text);
            json.WriteString("cure", finding.Cure);
            json.WriteString("code", finding.Problem?.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
