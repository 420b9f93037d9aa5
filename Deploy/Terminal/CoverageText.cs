using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Terminal;

/// <summary>The coverage table as lines that can be searched: a line a resource, what belongs to it indented below.</summary>
internal static class CoverageText
{
    public static string Render(ImmutableArray<CoverageRow> rows)
    {
        var text = new StringBuilder();
        var column = rows.Select(row => row.Resource.Length).DefaultIfEmpty(0).Max();
        foreach (var row in rows)
        {
            var environments = row.Environments.Length == 0 ? "" : $" [{string.Join(", ", row.Environments)}]";
            foreach (var line in row.Becomes)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"{row.Resource.PadRight(column)}  {CoverageReport.Word(row.Outcome),-11}  {line}{environments}\n");
            }

            _ = text.Append(row.Cure is null ? "" : $"  fix {row.Cure}\n");
            foreach (var note in row.Notes)
            {
                _ = text.Append("  note ").Append(note).Append('\n');
            }
        }

        return text.Append(Summary(rows)).Append('\n').ToString();
    }

    /// <summary>How many there are of each outcome, such as <c>5 resources: 4 become objects, 1 is refused</c>.</summary>
    public static string Summary(ImmutableArray<CoverageRow> rows)
    {
        var resources = rows.Select(row => row.Resource).Distinct().Count();
        var counts = from outcome in Enum.GetValues<CoverageOutcome>()
                     let count = rows.Where(row => row.Outcome == outcome).Select(row => row.Resource).Distinct().Count()
                     where count > 0 && outcome != CoverageOutcome.Becomes
                     select $", {count} {CoverageReport.Word(outcome)}";
        return $"{resources} {(resources == 1 ? "resource" : "resources")}{string.Concat(counts)}";
    }
}
