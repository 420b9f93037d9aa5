using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Terminal;

/// <summary>Renders problems for a person, with what comes first in the file first.</summary>
internal static class ProblemText
{
    private const int MostShown = 50;

    /// <summary>What is shown when more than one problem was found ends with their number, as the beginning may have left the screen.</summary>
    public static string Render(IReadOnlyCollection<Problem> problems, Palette palette)
    {
        var text = new StringBuilder();
        foreach (var problem in problems.Take(MostShown))
        {
            Append(text, problem, palette);
        }

        if (problems.Count > 1)
        {
            var hidden = problems.Count - MostShown;
            _ = text.Append(palette.Strong($"{problems.Count} problems")).Append(hidden > 0 ? $", {hidden} of them not shown (--json lists all)" : "").Append(".\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Problem problem, Palette palette)
    {
        _ = text.Append(palette.Bad("error")).Append(' ').Append(palette.Strong(problem.Code)).Append(": ").Append(problem.Summary).Append('\n');
        if (problem.Subject is not null)
        {
            _ = text.Append("  at  ").Append(problem.Subject).Append('\n');
        }

        foreach (var line in (problem.Detail ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _ = text.Append(palette.Quiet("    | " + line.TrimEnd('\r'))).Append('\n');
        }

        _ = text.Append("  fix ").Append(problem.Fix).Append(palette.Quiet($"   see docs/errors.md#{problem.Code.ToLowerInvariant()}")).Append('\n');
    }
}
