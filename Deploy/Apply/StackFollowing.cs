using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Apply;

/// <summary>How an operation on a stack ended.</summary>
/// <param name="State">Null: the stack is gone.</param>
/// <param name="Events">Of the operation, oldest first.</param>
internal sealed record StackEnding(StackState? State, ImmutableArray<StackEvent> Events)
{
    public StackCondition Condition => State is null ? StackCondition.Deleted : StackStatus.ConditionOf(State.StackStatus);

    public StackFailure Failure => StackFailure.Of(Events, State);
}

/// <summary>Watches what CloudFormation does with a stack until it has ended, and tells each event as it comes.</summary>
internal sealed class StackFollowing(CloudFormationClient cloudFormation, TimeProvider time, IProgress<RunEvent> progress)
{
    // After a request a stack may show its old status for some seconds.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly string[] Beginnings = ["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "IMPORT_IN_PROGRESS"];

    /// <summary>The newest event, after which those of an operation come that is about to begin.</summary>
    public async Task<string?> NewestAsync(string stackId, CancellationToken cancellationToken)
    {
        await foreach (var newest in cloudFormation.DescribeStackEventsAsync(stackId, cancellationToken))
        {
            return newest.EventId;
        }

        return null;
    }

    /// <summary>What somebody began: from its first event on.</summary>
    public async Task<StackEnding> AttachAsync(string step, string stackId, CancellationToken cancellationToken)
    {
        var known = await LastOperationAsync(stackId, cancellationToken);
        Tell(step, known);
        return await FollowAsync(step, stackId, token: null, known, known.Count > 0 ? known[^1].EventId : null, cancellationToken);
    }

    /// <summary>The events of what was done last, or is being done, oldest first.</summary>
    public async Task<List<StackEvent>> LastOperationAsync(string stackId, CancellationToken cancellationToken)
    {
        var known = new List<StackEvent>();
        await foreach (var one in cloudFormation.DescribeStackEventsAsync(stackId, cancellationToken))
        {
            known.Add(one);
            if (one.IsOfStack && Beginnings.Contains(one.ResourceStatus, StringComparer.Ordinal))
            {
                break;
            }
        }

        known.Reverse();
        return known;
    }

    /// <summary>What was begun just now.</summary>
    /// <param name="step">Of the run.</param>
    /// <param name="stackId">ARN, so that the stack is found after its end too.</param>
    /// <param name="token">Of the request that began it.</param>
    /// <param name="after">The newest event before it; null where there was none.</param>
    /// <param name="cancellationToken">Ends the watching; CloudFormation goes on.</param>
    public Task<StackEnding> FollowAsync(string step, string stackId, string token, string? after, CancellationToken cancellationToken) =>
        FollowAsync(step, stackId, token, [], after, cancellationToken);

    private async Task<StackEnding> FollowAsync(string step, string stackId, string? token, List<StackEvent> events, string? last, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var patience = new Patience(Grace, time);
        while (true)
        {
            var fresh = await cloudFormation.DescribeStackEventsAsync(stackId, cancellationToken).TakeWhile(one => one.EventId != last).ToListAsync(cancellationToken);
            fresh.Reverse();
            Tell(step, fresh);
            events.AddRange(fresh);
            last = fresh.Count > 0 ? fresh[^1].EventId : last;
            var state = await cloudFormation.DescribeStackAsync(stackId, cancellationToken);
            var ending = new StackEnding(state?.StackStatus == "DELETE_COMPLETE" ? null : state, [.. events]);
            if (ending.Condition != StackCondition.Moving && (token is null || HasEnded(events, token) || patience.IsOver))
            {
                return ending;
            }

            await patience.PauseAsync(PauseAfter(time.GetElapsedTime(started)), cancellationToken);
        }
    }

    // The last event comes before or after the status: both have to say that it is over.
    private static bool HasEnded(List<StackEvent> events, string token) =>
        events.Exists(one => one.IsOfStack && one.ClientRequestToken == token && StackStatus.ConditionOf(one.ResourceStatus) is not StackCondition.Moving and not StackCondition.Empty);

    private static TimeSpan PauseAfter(TimeSpan elapsed) => TimeSpan.FromSeconds(elapsed.TotalSeconds switch { < 30 => 3, < 120 => 5, _ => 10 });

    private void Tell(string step, IEnumerable<StackEvent> events)
    {
        foreach (var one in events)
        {
            if (!one.IsOfStack)
            {
                progress.Report(new RunEvent.Resource(step, one.LogicalResourceId, one.ResourceType, one.ResourceStatus, one.ResourceStatusReason, one.Timestamp));
            }
        }
    }
}
