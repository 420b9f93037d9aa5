using System.Collections.Immutable;
using Platform.Deploy.Apply;

namespace Platform.Deploy.Terminal;

internal enum StepState
{
    Waiting,
    Running,
    Done,
    Unchanged,
    Removed,
    Failed,

    /// <summary>Stopped where it was, or never begun.</summary>
    Abandoned,
}

/// <summary>One step as it is now.</summary>
/// <param name="Text">Its last event, or what it came to.</param>
internal sealed record StepLine(RunStep Step, StepState State, string Text)
{
    public DateTimeOffset? Began { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public long BytesSent { get; init; }

    /// <summary>0: not known.</summary>
    public long BytesInAll { get; init; }

    /// <param name="now">What is still running lasts until now.</param>
    public TimeSpan? Elapsed(DateTimeOffset now) => Began is { } began ? (Ended ?? now) - began : null;
}

/// <summary>What a run has told so far, put together: the same for every way to show it.</summary>
/// <param name="Steps">In the order of the plan.</param>
internal sealed record RunBoard(ImmutableArray<StepLine> Steps)
{
    public static RunBoard Empty { get; } = new(ImmutableArray<StepLine>.Empty);

    /// <summary>Null where there is no such step.</summary>
    public StepLine? Find(string? id) => Steps.FirstOrDefault(line => line.Step.Id == id);

    public RunBoard After(RunEvent happened, DateTimeOffset now) => happened switch
    {
        RunEvent.Planned planned => new RunBoard([.. planned.Steps.Select(step => new StepLine(step, StepState.Waiting, ""))]),
        RunEvent.Started started => With(started.Step, line => line with { State = StepState.Running, Began = now }),
        RunEvent.Progressed progressed => With(progressed.Step, line => line with { Text = progressed.Text }),
        RunEvent.Uploaded uploaded => With(uploaded.Step, line => line with { BytesSent = uploaded.BytesSent, BytesInAll = uploaded.BytesInAll }),
        RunEvent.Resource resource => With(resource.Step, line => line with { Text = $"{resource.LogicalId} {Words(resource.Status)}" }),
        RunEvent.Finished finished => With(finished.Step, line => line with { State = StateOf(finished.Outcome), Text = finished.Text, Ended = now }),
        RunEvent.Failed failed => With(failed.Step, line => line with { State = StepState.Failed, Text = failed.Problems.IsEmpty ? "" : failed.Problems[0].Code, Ended = now }),
        RunEvent.Abandoned abandoned => With(abandoned.Step, line => line with { State = StepState.Abandoned, Text = abandoned.Text, Ended = now }),
        RunEvent.Waiting waiting => With(waiting.Step, line => line with { Text = "waits, see above" }),
        _ => this,
    };

    /// <summary><c>CREATE_IN_PROGRESS</c> as people say it: <c>create in progress</c>.</summary>
    public static string Words(string status) => status.Replace('_', ' ').ToLowerInvariant();

    private static StepState StateOf(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Unchanged => StepState.Unchanged,
        StepOutcome.Removed => StepState.Removed,
        _ => StepState.Done,
    };

    private RunBoard With(string id, Func<StepLine, StepLine> change)
    {
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Steps[i].Step.Id == id)
            {
                return new RunBoard(Steps.SetItem(i, change(Steps[i])));
            }
        }

        return this;
    }
}
