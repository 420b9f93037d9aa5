using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Terminal;

/// <summary>What <c>render</c> tells: the coverage first, what else is to know, and at the end what was written where.</summary>
internal static class RenderText
{
    public static string Coverage(ImmutableArray<EnvironmentCoverage> coverage, Screen screen)
    {
        var rows = CoverageRow.Of(coverage);
        if (!screen.Tables)
        {
            return CoverageText.Render(rows);
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        CoverageTable.Write(rows, screen with { Out = text });
        return text.ToString();
    }

    /// <summary>Sentences that stop nothing, each with its place.</summary>
    public static string Notes(IEnumerable<(string Text, string Subject)> notes, Palette palette) =>
        string.Concat(notes.Select(note => $"{palette.Careful("note")} {note.Text} {palette.Quiet($"({note.Subject})")}\n"));

    public static string Written(string output, ImmutableArray<EnvironmentRendering> environments, ArtifactTree tree, Palette palette)
    {
        var text = new StringBuilder();
        _ = text.Append(palette.Strong($"{tree.Files.Length} files")).Append(" written to ").Append(palette.Strong(output)).Append('\n');
        foreach (var environment in environments)
        {
            _ = text.Append(
                CultureInfo.InvariantCulture,
                $"  {environment.Name}: {environment.Stacks.Stacks.Length} stacks, {environment.ClusterObjects} objects of the cluster, {environment.ApplicationObjects} of the application\n");
            foreach (var requirement in environment.Objects.Requirements)
            {
                _ = text.Append("    ").Append(palette.Careful("needs")).Append(' ').Append(requirement).Append('\n');
            }
        }

        var folder = output.TrimEnd('/');
        return text.Append(CultureInfo.InvariantCulture, $"Next: {folder}/README.md says what is what; 'platform render --diff {folder}' shows later what changes.\n").ToString();
    }

    /// <summary>Writes the result for machines into an open object.</summary>
    public static void WriteTo(Utf8JsonWriter json, string output, ImmutableArray<EnvironmentCoverage> coverage, ArtifactTree tree)
    {
        CoverageReport.WriteTo(json, coverage);
        json.WriteString("output", output);
        json.WriteStartArray("files");
        foreach (var file in tree.Files)
        {
            json.WriteStringValue(file.Path);
        }

        json.WriteEndArray();
    }
}
