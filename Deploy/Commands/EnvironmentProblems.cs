using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Commands;

/// <summary>Problems of several environments as one list: each once, and with the environment where not all have it.</summary>
internal static class EnvironmentProblems
{
    public static IEnumerable<Problem> Of(IEnumerable<(string Environment, ImmutableArray<Problem> Problems)> found)
    {
        var all = found.ToList();
        return from said in all.SelectMany(environment => environment.Problems.Distinct().Select(problem => (environment.Environment, Problem: problem)))
               group said.Environment by said.Problem into environments
               select environments.Count() == all.Count
                   ? environments.Key
                   : environments.Key with { Subject = $"{environments.Key.Subject ?? "settings"} [{string.Join(", ", environments)}]" };
    }
}
