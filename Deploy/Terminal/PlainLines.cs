using System.Collections.Immutable;
using Platform.Deploy.Apply;

namespace Platform.Deploy.Terminal;

/// <summary>A run as lines for a pipe, each with the time since it began.</summary>
internal static class PlainLines
{
    public static string Heading(RunHeading heading) => heading.Title + (heading.Expected is { } expected ? $", about {Span.About(expected)}" : "");

    /// <returns>Null for what is not worth a line: a stack has hundreds of events, and the log keeps them.</returns>
    public static string? Of(RunEvent happened, RunBoard board, RunHeading heading, DateTimeOffset now)
    {
        return happened switch
        {
            RunEvent.Started started when board.Find(started.Step) is { } line => At($"{line.Step.Title}: begun{(line.Step.Expected is { } expected ? $", about {Span.About(expected)}" : "")}"),
            RunEvent.Finished { Outcome: StepOutcome.Unchanged } finished => At($"{Title(finished.Step)}: unchanged"),
            RunEvent.Finished { Outcome: StepOutcome.Removed } finished => At($"{Title(finished.Step)}: gone"),
            RunEvent.Finished finished => At($"{Title(finished.Step)}: done{After(finished.Step)}{(finished.Text.Length > 0 ? $", {finished.Text}" : "")}"),
            RunEvent.Failed failed => At($"{Title(failed.Step)}: failed{After(failed.Step)}, {string.Join(", ", failed.Problems.Select(problem => problem.Code))}"),
            RunEvent.Abandoned abandoned => At($"{Title(abandoned.Step)}: {abandoned.Text}"),
            RunEvent.Resource resource when resource.Status.EndsWith("_FAILED", StringComparison.Ordinal) =>
                At($"{Title(resource.Step)}: {resource.LogicalId} ({resource.Type}) {RunBoard.Words(resource.Status)}{(resource.Reason is { } reason ? $": {reason}" : "")}"),
            RunEvent.Notice { Step: null } notice => At($"note: {notice.Text}"),
            RunEvent.Notice notice => At($"{Title(notice.Step)}: {notice.Text}"),
            RunEvent.Waiting waiting => At($"{Title(waiting.Step)} waits: {waiting.Text}"),
            _ => null,
        };

        string At(string text) => $"{Span.Clock(now - heading.Began),7}  {text}";

        string Title(string? step) => board.Find(step)?.Step.Title ?? step ?? "";

        string After(string step) => board.Find(step)?.Elapsed(now) is { } elapsed ? $" after {Span.Clock(elapsed)}" : "";
    }

    /// <returns>Null while nothing runs.</returns>
    public static string? SignOfLife(RunBoard board, RunHeading heading, DateTimeOffset now)
    {
        var running = board.Steps.Where(line => line.State == StepState.Running).ToImmutableArray();
        return running.IsEmpty ? null : $"{Span.Clock(now - heading.Began),7}  still at work: " + string.Join(
            "; ", running.Select(line => $"{line.Step.Title} {Span.Clock(line.Elapsed(now) ?? TimeSpan.Zero)}{(line.Text.Length > 0 ? $" ({line.Text})" : "")}"));
    }
}
