using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>One thing that a doctor looked at.</summary>
/// <param name="Subject">What was looked at, such as <c>credentials</c>.</param>
/// <param name="Text">What was found.</param>
/// <param name="Cure">In the imperative; null: nothing to do.</param>
internal sealed record Finding(FindingState State, string Subject, string Text, string? Cure)
{
    /// <summary>Of a finding that is bad; null of every other.</summary>
    public Problem? Problem { get; init; }

    public static Finding Good(string subject, string text) => new(FindingState.Good, subject, text, Cure: null);

    public static Finding Careful(string subject, string text, string cure) => new(FindingState.Careful, subject, text, cure);

    public static Finding Bad(string subject, Problem problem) => new(FindingState.Bad, subject, problem.Summary, problem.Fix) { Problem = problem };
}

internal enum FindingState
{
    Good,

    /// <summary>Stops nothing yet, or could not be looked at.</summary>
    Careful,

    /// <summary>A deployment would fail.</summary>
    Bad,
}
