using System.Text;

namespace Platform.Hosting.Problems;

/// <summary>Renders problems as the terminal shows them.</summary>
internal static class ProblemText
{
    public static string Render(IEnumerable<Problem> problems)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            Append(text, problem);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Problem problem)
    {
        text.Append("error ").Append(problem.Code).Append(": ").Append(problem.Summary).Append('\n');
        if (problem.Subject is not null)
        {
            text.Append("  at  ").Append(problem.Subject).Append('\n');
        }

        foreach (var line in (problem.Detail ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append("    | ").Append(line.TrimEnd('\r')).Append('\n');
        }

        text.Append("  fix ").Append(problem.Fix).Append("   see docs/errors.md#").Append(problem.Code.ToLowerInvariant()).Append('\n');
    }
}
