using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>Names that need each other, in an order in which each comes after what it needs.</summary>
/// <param name="Order">All that are in no circle and need nothing of one.</param>
/// <param name="Circles">Each once: the names on it, the first again at the end.</param>
internal sealed record DependencyOrder(ImmutableArray<string> Order, ImmutableArray<ImmutableArray<string>> Circles)
{
    /// <param name="needs">What each name needs. Names that are no key need nothing and are in no result. Time is that of the needs, without recursion.</param>
    public static DependencyOrder Of(IReadOnlyDictionary<string, IReadOnlyCollection<string>> needs)
    {
        var inside = needs.ToDictionary(entry => entry.Key, entry => entry.Value.Where(needs.ContainsKey).Distinct(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        var open = inside.ToDictionary(entry => entry.Key, entry => entry.Value.Count, StringComparer.Ordinal);
        var neededBy = inside.SelectMany(entry => entry.Value.Select(need => (Need: need, By: entry.Key))).ToLookup(pair => pair.Need, pair => pair.By, StringComparer.Ordinal);
        var ready = new Queue<string>(needs.Keys.Where(name => open[name] == 0));
        var order = ImmutableArray.CreateBuilder<string>(needs.Count);
        while (ready.TryDequeue(out var name))
        {
            order.Add(name);
            foreach (var by in neededBy[name])
            {
                if (--open[by] == 0)
                {
                    ready.Enqueue(by);
                }
            }
        }

        return new DependencyOrder(order.ToImmutable(), [.. CirclesOf(needs.Keys.Where(name => open[name] > 0), inside, open)]);
    }

    // Each name that is left needs another that is left: whoever follows comes round, to himself or to where somebody was before.
    private static IEnumerable<ImmutableArray<string>> CirclesOf(IEnumerable<string> left, Dictionary<string, List<string>> needs, Dictionary<string, int> open)
    {
        var walkOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var walks = 0;
        foreach (var start in left)
        {
            var walk = new List<string>();
            var at = start;
            walks++;
            while (walkOf.TryAdd(at, walks))
            {
                walk.Add(at);
                at = needs[at].First(need => open[need] > 0);
            }

            if (walkOf[at] == walks)
            {
                yield return [.. walk.Skip(walk.IndexOf(at)), at];
            }
        }
    }
}
