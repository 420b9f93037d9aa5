using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>What happens while the target is changed. Whoever shows it needs nothing else: live, as lines, as JSON, and in the log.</summary>
internal abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>The walk is known: what will be done, in the order in which it is shown.</summary>
    public sealed record Planned(ImmutableArray<RunStep> Steps) : RunEvent;

    public sealed record Started(string Step) : RunEvent;

    /// <param name="Step">That runs.</param>
    /// <param name="Text">What it does now, such as <c>Cluster CREATE_IN_PROGRESS</c>.</param>
    public sealed record Progressed(string Step, string Text) : RunEvent;

    /// <param name="Step">The one of the images.</param>
    /// <param name="BytesSent">Since the step began.</param>
    /// <param name="BytesInAll">What is known to be sent; 0 where nothing is known.</param>
    public sealed record Uploaded(string Step, long BytesSent, long BytesInAll) : RunEvent;

    /// <param name="Step">That ended well.</param>
    /// <param name="Outcome">What it came to.</param>
    /// <param name="Text">Such as <c>3 added, 1 changed</c>; empty where there is nothing to say.</param>
    public sealed record Finished(string Step, StepOutcome Outcome, string Text) : RunEvent;

    public sealed record Failed(string Step, ImmutableArray<Problem> Problems) : RunEvent;

    /// <summary>It was not done, or not to its end, because something else failed or the command was stopped.</summary>
    public sealed record Abandoned(string Step, string Text) : RunEvent;

    /// <summary>A resource of a stack changes its state.</summary>
    public sealed record Resource(string Step, string LogicalId, string Type, string Status, string? Reason, DateTimeOffset? Time) : RunEvent;

    /// <summary>Worth telling, and stops nothing.</summary>
    /// <param name="Step">Null: of the whole run.</param>
    /// <param name="Text">Sentences.</param>
    public sealed record Notice(string? Step, string Text) : RunEvent;

    /// <summary>The run stops here and waits, such as for a record that somebody has to add.</summary>
    public sealed record Waiting(string Step, string Text) : RunEvent;
}

/// <summary>Something that a run does and that is shown as one line.</summary>
/// <param name="Id">Unique in the run, such as <c>network</c>.</param>
/// <param name="Title">Such as <c>shop-production-network</c>.</param>
/// <param name="Expected">How long it takes as a rule; null where nobody knows.</param>
internal sealed record RunStep(string Id, string Title, TimeSpan? Expected);

internal enum StepOutcome
{
    Done,

    /// <summary>It was as it should be.</summary>
    Unchanged,

    /// <summary>Gone, or never there.</summary>
    Removed,
}
