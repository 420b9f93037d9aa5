using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>What the manifest's resources become in one environment.</summary>
/// <param name="Environment"><see cref="Settings.EnvironmentSettings.Environment"/>.</param>
/// <param name="Entries">In the order of the manifest.</param>
internal sealed record EnvironmentCoverage(string Environment, ImmutableArray<CoverageEntry> Entries);

/// <summary>A row of the coverage table: one resource, once for all environments in which it becomes the same.</summary>
/// <param name="Environments">Empty where it is so in all of them.</param>
internal sealed record CoverageRow(CoverageEntry Entry, ImmutableArray<string> Environments)
{
    /// <summary>In the order of the manifest, and within a resource in that of the environments.</summary>
    public static ImmutableArray<CoverageRow> Of(ImmutableArray<EnvironmentCoverage> environments)
    {
        var rows = new Dictionary<string, List<(CoverageEntry Entry, List<string> Environments)>>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var (environment, entries) in environments)
        {
            foreach (var entry in entries)
            {
                if (!rows.TryGetValue(entry.Resource, out var variants))
                {
                    rows.Add(entry.Resource, variants = []);
                    order.Add(entry.Resource);
                }

                if (variants.Find(variant => Same(variant.Entry, entry)) is { Environments: { } known })
                {
                    known.Add(environment);
                }
                else
                {
                    variants.Add((entry, [environment]));
                }
            }
        }

        return
        [
            .. from resource in order
               from variant in rows[resource]
               select new CoverageRow(variant.Entry, variant.Environments.Count == environments.Length ? [] : [.. variant.Environments]),
        ];
    }

    private static bool Same(CoverageEntry left, CoverageEntry right) => left with { Notes = [] } == right with { Notes = [] } && left.Notes.SequenceEqual(right.Notes);
}
