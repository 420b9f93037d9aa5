using System.Collections.Immutable;
using Platform.Deploy.Infrastructure;

namespace Platform.Deploy.Planning;

/// <summary>Which stack needs which others to be there: by what it imports, by what it is passed, and by the roles that make it.</summary>
internal static class StackGraph
{
    /// <returns>Full names of those that come before, by full name.</returns>
    public static ImmutableDictionary<string, ImmutableArray<string>> Of(ImmutableArray<StackTemplate> stacks)
    {
        var exporters = stacks.SelectMany(stack => stack.Exports.Select(export => (export, stack.Name))).ToDictionary(pair => pair.export, pair => pair.Name, StringComparer.Ordinal);
        var shortNames = stacks.ToDictionary(stack => stack.ShortName, stack => stack.Name, StringComparer.Ordinal);
        return stacks.ToImmutableDictionary(
            stack => stack.Name,
            stack => stack.Imports.Select(import => exporters.GetValueOrDefault(import))
                .Concat(stack.Parameters.Select(parameter => parameter.Value).OfType<ParameterValue.Late>().Select(late => shortNames.GetValueOrDefault(late.Source.Stack)))
                .Concat(Makers(stack, stacks))
                .OfType<string>()
                .Where(name => name != stack.Name)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToImmutableArray(),
            StringComparer.Ordinal);
    }

    /// <summary>How long all of them take when each begins as soon as those before it are done.</summary>
    public static TimeSpan LongestWay(ImmutableDictionary<string, ImmutableArray<string>> graph, IReadOnlyDictionary<string, TimeSpan> durations)
    {
        var known = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        return graph.Count == 0 ? TimeSpan.Zero : graph.Keys.Max(End);

        TimeSpan End(string stack)
        {
            if (!known.TryGetValue(stack, out var end))
            {
                known[stack] = TimeSpan.Zero;
                var before = graph.GetValueOrDefault(stack, []);
                known[stack] = end = durations.GetValueOrDefault(stack) + (before.IsEmpty ? TimeSpan.Zero : before.Max(End));
            }

            return end;
        }
    }

    // The boundary before the roles that it bounds, and both before what is made with them.
    private static IEnumerable<string> Makers(StackTemplate stack, ImmutableArray<StackTemplate> all) => stack.Scope switch
    {
        StackScope.Account => [],
        StackScope.Access => all.Where(other => other.Scope == StackScope.Account).Select(other => other.Name),
        _ => all.Where(other => other.Scope == StackScope.Access).Select(other => other.Name),
    };
}
