using System.Collections.Immutable;
using Platform.Hosting.Problems;

namespace Platform.Hosting;

/// <summary>
/// The application cannot be built, run or published for reasons that its author can mend. The message holds every problem
/// that was found, each with its code, its place and its cure.
/// </summary>
public sealed class DistributedApplicationException : Exception
{
    internal DistributedApplicationException(IEnumerable<Problem> problems)
        : this([.. problems], inner: null)
    {
    }

    internal DistributedApplicationException(Problem problem)
        : this([problem], inner: null)
    {
    }

    internal DistributedApplicationException(Problem problem, Exception? inner)
        : this([problem], inner)
    {
    }

    private DistributedApplicationException(ImmutableArray<Problem> problems, Exception? inner)
        : base(ProblemText.Render(problems), inner)
    {
        Problems = problems;
    }

    internal ImmutableArray<Problem> Problems { get; }

    /// <summary>What the process ends with: the highest exit code among the problems.</summary>
    internal int ExitCode => Problems.Max(problem => problem.ExitCode);
}
