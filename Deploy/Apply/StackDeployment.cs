using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>How stacks are deployed, the same for all of a run.</summary>
internal sealed record StackRules
{
    /// <summary>Of the run; makes its requests its own.</summary>
    public required string Run { get; init; }

    /// <summary>What CloudFormation works with; null: with the rights of whoever calls.</summary>
    public required string? ExecutionRole { get; init; }

    /// <summary>A first creation that fails leaves nothing. Otherwise the failed stack stays to be looked at, and the next run removes it.</summary>
    public required bool RemoveFailedCreation { get; init; }

    /// <summary>Logical ids that may be replaced or deleted although something depends on their staying.</summary>
    public required ImmutableSortedSet<string> MayReplace { get; init; }

    /// <summary>Called with what will be done before it is done; what it finds stops the stack.</summary>
    public required Func<StackTemplate, ChangeSet, CancellationToken, Task<ImmutableArray<Problem>>> ReviewAsync { get; init; }
}

/// <param name="State">As it is now.</param>
/// <param name="Changes">What was done to its resources; empty where it was as it should be.</param>
internal sealed record DeployedStack(StackState State, ImmutableArray<ResourceChange> Changes);

/// <summary>
/// Brings one stack to where its template wants it, from whatever state it is in. What is in progress is followed, never begun twice; what a run
/// left that died is recovered: so it can be called again at any time.
/// </summary>
internal sealed class StackDeployment(CloudFormationClient cloudFormation, StackRules rules, TimeProvider time, IProgress<RunEvent> progress)
{
    // A stack that was in progress, failed, was removed and made again needs four.
    private const int MostTurns = 6;


    private readonly StackFollowing _following = new(cloudFormation, time, progress);
    private readonly StackRemoval _removal = new(cloudFormation, rules.Run, time, progress);

    /// <exception cref="DeployException">The stack cannot be brought there; what is in progress goes on.</exception>
    public async Task<DeployedStack> DeployAsync(StackTemplate stack, ImmutableArray<StackArgument> arguments, CancellationToken cancellationToken)
    {
        var step = stack.ShortName;
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var state = await cloudFormation.DescribeStackAsync(stack.Name, cancellationToken);
            switch (state is null ? StackCondition.Deleted : StackStatus.ConditionOf(state.StackStatus))
            {
                case StackCondition.Deleted:
                    return await FinishAsync(stack, await ChangeAsync(stack, arguments, state: null, turn, cancellationToken), cancellationToken);
                case StackCondition.Good or StackCondition.RolledBack when state is not null:
                    return await FinishAsync(stack, await ChangeAsync(stack, arguments, state, turn, cancellationToken), cancellationToken);
                case StackCondition.Moving when state is not null:
                    progress.Report(new RunEvent.Notice(step, $"The stack '{stack.Name}' is {state.StackStatus}: going on from there."));
                    await _following.AttachAsync(step, state.StackId, cancellationToken);
                    break;
                case var condition when state is not null:
                    await RecoverAsync(stack, state, condition, cancellationToken);
                    break;
                default:
                    break;
            }
        }

        throw new DeployException(ApplyProblems.DoesNotSettle(stack.Name, MostTurns));
    }

    /// <summary>A stack that was found as it should be: only what no change set can set is seen to.</summary>
    /// <exception cref="DeployException">It is not any more.</exception>
    public async Task<DeployedStack> ConfirmAsync(StackTemplate stack, CancellationToken cancellationToken) =>
        await cloudFormation.DescribeStackAsync(stack.Name, cancellationToken) is { } state && StackStatus.ConditionOf(state.StackStatus) is StackCondition.Good or StackCondition.RolledBack
            ? await FinishAsync(stack, new DeployedStack(state, []), cancellationToken)
            : throw new DeployException(ApplyProblems.ChangedMeanwhile(stack.Name));

    private async Task RecoverAsync(StackTemplate stack, StackState state, StackCondition condition, CancellationToken cancellationToken)
    {
        switch (state.StackStatus)
        {
            case StackStatus.UpdateRollbackFailed:
                await GoBackAsync(stack, state, "completing the rollback", token => cloudFormation.ContinueUpdateRollbackAsync(
                    new ContinueUpdateRollbackRequest { StackName = state.StackId, ClientRequestToken = token, RoleARN = rules.ExecutionRole }, cancellationToken), cancellationToken);
                break;
            case StackStatus.UpdateFailed:
                await GoBackAsync(stack, state, "rolling it back", token => cloudFormation.RollbackStackAsync(
                    new RollbackStackRequest { StackName = state.StackId, ClientRequestToken = token, RoleARN = rules.ExecutionRole, RetainExceptOnCreate = true }, cancellationToken), cancellationToken);
                break;
            case StackStatus.CreateFailed or StackStatus.RollbackComplete or StackStatus.RollbackFailed or StackStatus.DeleteFailed:
                var why = await CauseAsync(state, cancellationToken);
                progress.Report(new RunEvent.Notice(stack.ShortName, $"The stack '{stack.Name}' is {state.StackStatus} since an earlier run{why}: removing it, then making it anew."));
                await _removal.RemoveAsync(stack.ShortName, state, rules.ExecutionRole, cancellationToken);
                break;
            default:
                // Only a change set that nobody executed; it has no resources.
                if (condition != StackCondition.Empty)
                {
                    throw new DeployException(ApplyProblems.UnknownState(stack.Name, state.StackStatus));
                }

                await _removal.RemoveAsync(stack.ShortName, state, rules.ExecutionRole, cancellationToken);
                break;
        }
    }

    private async Task GoBackAsync(StackTemplate stack, StackState state, string doing, Func<string, Task> beginAsync, CancellationToken cancellationToken)
    {
        progress.Report(new RunEvent.Notice(stack.ShortName, $"The stack '{stack.Name}' is {state.StackStatus} since an earlier run{await CauseAsync(state, cancellationToken)}: {doing} first."));
        var token = TokenOf("back", stack, state, 0);
        var after = await _following.NewestAsync(state.StackId, cancellationToken);
        await beginAsync(token);
        var ending = await _following.FollowAsync(stack.ShortName, state.StackId, token, after, cancellationToken);
        if (ending.Condition is StackCondition.Broken)
        {
            throw new DeployException(ApplyProblems.StaysBroken(stack.Name, ending));
        }
    }

    private async Task<string> CauseAsync(StackState state, CancellationToken cancellationToken)
    {
        var failure = StackFailure.Of(await _following.LastOperationAsync(state.StackId, cancellationToken), state);
        return failure.Root is { } root ? $" ({root.LogicalResourceId}: {failure.Reason})" : "";
    }

    private async Task<DeployedStack> ChangeAsync(StackTemplate stack, ImmutableArray<StackArgument> arguments, StackState? state, int turn, CancellationToken cancellationToken)
    {
        var changes = await ChangeSetAsync(stack, arguments, state, turn, cancellationToken);
        if (changes.IsWithoutChanges && state is not null)
        {
            await cloudFormation.DeleteChangeSetAsync(changes.ChangeSetId, cancellationToken);
            return new DeployedStack(state, []);
        }

        if (!changes.IsReady)
        {
            throw new DeployException(ApplyProblems.ChangeSetRefused(stack.Name, changes, await ValidationAsync(changes, cancellationToken)));
        }

        var problems = await rules.ReviewAsync(stack, changes, cancellationToken);
        if (problems.Length > 0)
        {
            await DiscardAsync(state, changes, cancellationToken);
            throw new DeployException(problems);
        }

        await OpenPolicyAsync(stack, state, changes, cancellationToken);
        var token = TokenOf("execute", stack, state, turn);
        var after = await _following.NewestAsync(changes.StackId, cancellationToken);
        await ExecuteAsync(state, changes, token, cancellationToken);
        var ending = await _following.FollowAsync(stack.ShortName, changes.StackId, token, after, cancellationToken);
        return ending is { Condition: StackCondition.Good, State: { } done }
            ? new DeployedStack(done, changes.Changes)
            : throw new DeployException(ApplyProblems.StackFailed(stack.Name, state is null, ending));
    }

    private async Task ExecuteAsync(StackState? state, ChangeSet changes, string token, CancellationToken cancellationToken)
    {
        try
        {
            await cloudFormation.ExecuteChangeSetAsync(
                new ExecuteChangeSetRequest
                {
                    ChangeSetName = changes.ChangeSetId,
                    ClientRequestToken = token,
                    RetainExceptOnCreate = state is null ? true : null,
                },
                cancellationToken);
        }
        catch (AwsException refused) when (refused.Error.Kind is AwsErrorKind.Conflict or AwsErrorKind.NotFound)
        {
            // The answer to an earlier attempt was lost, and the change set is used up.
            var now = await cloudFormation.DescribeStackAsync(changes.StackId, cancellationToken);
            if (now is null || StackStatus.ConditionOf(now.StackStatus) != StackCondition.Moving)
            {
                throw;
            }
        }
    }

    /// <summary>
    /// Its name says what it holds and what it is for, so that a run finds the change set again that another one made and did not execute.
    /// </summary>
    private async Task<ChangeSet> ChangeSetAsync(StackTemplate stack, ImmutableArray<StackArgument> arguments, StackState? state, int turn, CancellationToken cancellationToken)
    {
        var name = $"deploy-{Names.Hash($"{Content(stack, arguments)}\n{state?.StackId}\n{state?.LastUpdatedTime:O}")}";
        var request = new CreateChangeSetRequest
        {
            StackName = state?.StackId ?? stack.Name,
            ChangeSetName = name,
            ChangeSetType = state is null ? "CREATE" : "UPDATE",
            ClientToken = TokenOf(name, stack, state, turn),
            TemplateBody = Encoding.UTF8.GetString(stack.Body.AsSpan()),
            Parameters = arguments,
            Capabilities = stack.Capabilities,
            Tags = [.. stack.Tags.Select(tag => new AwsTag(tag.Key, tag.Value))],
            RoleARN = rules.ExecutionRole,
            OnStackFailure = state is not null ? null : rules.RemoveFailedCreation ? "DELETE" : "ROLLBACK",
            ImportExistingResources = true,
        };
        string id;
        try
        {
            id = (await cloudFormation.CreateChangeSetAsync(request, cancellationToken)).Id;
        }
        catch (AwsException exists) when (exists.Error.Kind == AwsErrorKind.AlreadyExists && state is not null)
        {
            var left = await SummaryAsync(state.StackId, name, cancellationToken) ?? throw new DeployException(exists.Problems, exists);
            if (await ComputedChangeSet.OfAsync(cloudFormation, time, left, stack.Name, cancellationToken) is { IsReady: true } ready)
            {
                return ready;
            }

            await cloudFormation.DeleteChangeSetAsync(left, cancellationToken);
            id = (await cloudFormation.CreateChangeSetAsync(request with { ClientToken = request.ClientToken + "-again" }, cancellationToken)).Id;
        }

        return await ComputedChangeSet.OfAsync(cloudFormation, time, id, stack.Name, cancellationToken);
    }

    private async Task<string?> SummaryAsync(string stackId, string name, CancellationToken cancellationToken) =>
        (await cloudFormation.ListChangeSetsAsync(stackId, cancellationToken).FirstOrDefaultAsync(one => one.ChangeSetName == name, cancellationToken))?.ChangeSetId;

    private async Task<ImmutableArray<OperationEvent>> ValidationAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        try
        {
            return [.. await cloudFormation.DescribeEventsAsync(new DescribeEventsRequest { ChangeSetName = changes.ChangeSetId, FailedEvents = true }, cancellationToken)
                .Where(one => one.EventType == "VALIDATION_ERROR").ToListAsync(cancellationToken)];
        }
        catch (AwsException none) when (none.Error.Kind is AwsErrorKind.NotFound or AwsErrorKind.Rejected or AwsErrorKind.AccessDenied)
        {
            // The reason of the change set says it too, in fewer words.
            return [];
        }
    }

    // A change set that made its stack leaves an empty one.
    private async Task DiscardAsync(StackState? state, ChangeSet changes, CancellationToken cancellationToken)
    {
        await cloudFormation.DeleteChangeSetAsync(changes.ChangeSetId, cancellationToken);
        if (state is null)
        {
            await cloudFormation.DeleteStackAsync(new DeleteStackRequest { StackName = changes.StackId, ClientRequestToken = $"{rules.Run}-discard", RoleARN = rules.ExecutionRole }, cancellationToken);
        }
    }

    // A policy of the stack forbids what somebody allowed by name; it is set again when the stack is done.
    private async Task OpenPolicyAsync(StackTemplate stack, StackState? state, ChangeSet changes, CancellationToken cancellationToken)
    {
        if (state is not null && stack.StackPolicy is not null && changes.Changes.Any(change => rules.MayReplace.Contains(change.LogicalResourceId)))
        {
            await cloudFormation.SetStackPolicyAsync(state.StackId, StackPolicies.Open, cancellationToken);
        }
    }

    /// <summary>What no change set can set.</summary>
    private async Task<DeployedStack> FinishAsync(StackTemplate stack, DeployedStack deployed, CancellationToken cancellationToken)
    {
        var id = deployed.State.StackId;
        if (stack.TerminationProtection && !deployed.State.EnableTerminationProtection)
        {
            await cloudFormation.UpdateTerminationProtectionAsync(id, enableTerminationProtection: true, cancellationToken);
        }

        if (stack.StackPolicy is { } policy)
        {
            var wanted = Encoding.UTF8.GetString(policy.AsSpan());
            if (await cloudFormation.GetStackPolicyAsync(id, cancellationToken) != wanted)
            {
                await cloudFormation.SetStackPolicyAsync(id, wanted, cancellationToken);
            }
        }

        return deployed;
    }

    // 128 characters, letters, digits and hyphens.
    private string TokenOf(string operation, StackTemplate stack, StackState? state, int turn) =>
        $"{rules.Run}-{operation}-{Names.Hash($"{stack.Name}\n{state?.StackId}\n{state?.StackStatus}\n{turn}")}";

    private static string Content(StackTemplate stack, ImmutableArray<StackArgument> arguments) =>
        $"{Names.Hash(stack.Body.AsSpan())}\n{string.Join('\n', arguments.Select(argument => $"{argument.ParameterKey}={argument.ParameterValue}"))}\n"
        + string.Join('\n', stack.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
