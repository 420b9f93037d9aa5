using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;
using Spectre.Console;

namespace Platform.Deploy.Terminal;

/// <summary>The coverage table on a terminal. Starting Spectre.Console takes longer than a whole rendering, so only tables use it.</summary>
internal static class CoverageTable
{
    // A longer table is not read to its end, and takes Spectre.Console seconds.
    private const int MostRows = 100;
    private const int NarrowTerminal = 100;
    private static readonly Style Quiet = new(decoration: Decoration.Dim);

    public static void Write(ImmutableArray<CoverageRow> rows, Screen screen)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = screen.Colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = screen.Colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(screen.Out),
        });
        console.Profile.Width = screen.Width;
        Write(rows, console);
    }

    public static void Write(ImmutableArray<CoverageRow> rows, IAnsiConsole console)
    {
        var narrow = console.Profile.Width < NarrowTerminal;
        var table = new Table { Border = TableBorder.Simple };
        _ = table.AddColumn("Resource");
        if (!narrow)
        {
            _ = table.AddColumn("Type");
        }

        _ = table.AddColumn("Becomes");
        foreach (var row in Shown(rows))
        {
            _ = narrow
                ? table.AddRow(Resource(row), Becomes(row))
                : table.AddRow(Resource(row), new Text(row.Type, Quiet), Becomes(row));
        }

        console.Write(table);
        console.WriteLine($"  {CoverageText.Summary(rows)}");
        console.WriteLine(rows.Length > MostRows ? $"  {MostRows} rows shown; coverage.md has all\n" : "");
    }

    // Where not all have room, those that need attention come before the others; the order stays.
    private static IEnumerable<CoverageRow> Shown(ImmutableArray<CoverageRow> rows) =>
        rows.Index().OrderBy(row => row.Item.Outcome == CoverageOutcome.Becomes).Take(MostRows).OrderBy(row => row.Index).Select(row => row.Item);

    private static Spectre.Console.Paragraph Resource(CoverageRow row)
    {
        var (sign, style) = Of(row.Outcome);
        var cell = new Spectre.Console.Paragraph().Append(sign + " ", style).Append(row.Resource);
        return row.Environments.Length == 0 ? cell : cell.Append($"\n  {string.Join(", ", row.Environments)}", Quiet);
    }

    private static Spectre.Console.Paragraph Becomes(CoverageRow row)
    {
        var cell = new Spectre.Console.Paragraph();
        if (row.Outcome is CoverageOutcome.Refused or CoverageOutcome.Missing)
        {
            _ = cell.Append($"{CoverageReport.Word(row.Outcome)}: ", Of(row.Outcome).Style);
        }

        _ = cell.Append(string.Join('\n', row.Becomes));
        if (row.Cure is not null)
        {
            _ = cell.Append($"\n{row.Cure}", new Style(decoration: Decoration.Bold));
        }

        foreach (var note in row.Notes)
        {
            _ = cell.Append($"\n{note}", Quiet);
        }

        return cell;
    }

    private static (string Sign, Style Style) Of(CoverageOutcome outcome) => outcome switch
    {
        CoverageOutcome.Becomes => ("✓", new Style(Color.Green)),
        CoverageOutcome.Substituted => ("→", new Style(Color.Yellow)),
        CoverageOutcome.Refused => ("✗", new Style(Color.Red)),
        _ => ("–", new Style(Color.Yellow)),
    };
}
