using System.Text;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Binding;

/// <summary>What binding found, as golden files show it.</summary>
internal static class Texts
{
    public static string Coverage(IEnumerable<CoverageEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append(entry.Resource).Append(" (").Append(entry.Type).Append(") ").Append(entry.Outcome.ToString().ToLowerInvariant()).Append(": ").Append(entry.Becomes).Append('\n');
            if (entry.Cure is { } cure)
            {
                text.Append("  cure: ").Append(cure).Append('\n');
            }

            foreach (var note in entry.Notes)
            {
                text.Append("  - ").Append(note).Append('\n');
            }
        }

        return text.ToString();
    }

    public static string Problems(IEnumerable<Problem> problems) => string.Concat(problems.Select(problem =>
        $"{problem.Code} {problem.Summary}\n  at  {problem.Subject}\n  fix {problem.Fix}\n{(problem.Detail is { } detail ? $"  {detail}\n" : "")}"));
}
