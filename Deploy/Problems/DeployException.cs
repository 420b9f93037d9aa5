using System.Collections.Immutable;

namespace Platform.Deploy.Problems;

/// <summary>Ends a stage with everything that the user has to mend. What is no <see cref="Problem"/> is a bug and another exception.</summary>
internal class DeployException(ImmutableArray<Problem> problems, Exception? inner)
    : Exception(string.Join("; ", problems.Select(problem => $"{problem.Code}: {problem.Summary}")), inner)
{
    public DeployException(Problem problem)
        : this([problem], inner: null)
    {
    }

    public DeployException(IEnumerable<Problem> problems)
        : this([.. problems], inner: null)
    {
    }

    /// <summary>At least one, in the order in which they were found.</summary>
    public ImmutableArray<Problem> Problems { get; } = problems;

    /// <summary>The lowest exit code of all problems but 0: usage comes before input, input before environment.</summary>
    public int ExitCode => Problems.Min(problem => problem.ExitCode);
}
