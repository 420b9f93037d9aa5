using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>What the manifest's resources become in one environment.</summary>
/// <param name="Environment"><see cref="Settings.EnvironmentSettings.Environment"/>.</param>
/// <param name="Entries">In the order of the manifest.</param>
internal sealed record EnvironmentCoverage(string Environment, ImmutableArray<CoverageEntry> Entries);

/// <summary>A row of the coverage table: a resource in all environments in which it has the same outcome.</summary>
/// <param name="Environments">Empty where it is so in all of them.</param>
/// <param name="Becomes">One line; several, each with its environments, where they differ.</param>
/// <param name="Notes">With their environments where not all of the row's have them.</param>
internal sealed record CoverageRow(
    string Resource,
    string Type,
    CoverageOutcome Outcome,
    string? Cure,
    ImmutableArray<string> Environments,
    ImmutableArray<string> Becomes,
    ImmutableArray<string> Notes)
{
    /// <summary>In the order of the manifest, and within a resource in that of the environments.</summary>
    public static ImmutableArray<CoverageRow> Of(ImmutableArray<EnvironmentCoverage> environments) =>
    [
        .. from said in environments.SelectMany(environment => environment.Entries.Select(entry => new Said(environment.Environment, entry)))
           group said by said.Entry.Resource into resource
           from row in resource.GroupBy(said => new Kind(said.Entry.Type, said.Entry.Outcome, said.Entry.Cure))
           select Row([.. row], environments.Length),
    ];

    private static CoverageRow Row(ImmutableArray<Said> row, int environments) => new(
        row[0].Entry.Resource,
        row[0].Entry.Type,
        row[0].Entry.Outcome,
        row[0].Entry.Cure,
        row.Length == environments ? [] : [.. row.Select(said => said.Environment)],
        Lines(row.Select(said => new Line(said.Environment, said.Entry.Becomes)), row.Length),
        Lines(row.SelectMany(said => said.Entry.Notes.Select(note => new Line(said.Environment, note))), row.Length));

    // Each text once, in the order in which it came up.
    private static ImmutableArray<string> Lines(IEnumerable<Line> said, int environments) =>
    [
        .. from text in said
           group text.Environment by text.Text into line
           let places = line.Distinct().ToList()
           select places.Count == environments ? line.Key : $"{line.Key} ({string.Join(", ", places)})",
    ];

    private sealed record Said(string Environment, CoverageEntry Entry);

    private sealed record Kind(string Type, CoverageOutcome Outcome, string? Cure);

    private sealed record Line(string Environment, string Text);
}
