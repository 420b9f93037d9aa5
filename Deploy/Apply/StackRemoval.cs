using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>Deletes a stack and waits until it is gone.</summary>
internal sealed class StackRemoval(CloudFormationClient cloudFormation, string run, TimeProvider time, IProgress<RunEvent> progress)
{
    private readonly StackFollowing _following = new(cloudFormation, time, progress);
    private int _requests;

    /// <param name="step">Of the run.</param>
    /// <param name="state">Of a stack that exists.</param>
    /// <param name="role">What CloudFormation works with; null: the role that the stack was last changed with.</param>
    /// <param name="cancellationToken">Ends the watching; CloudFormation goes on.</param>
    /// <exception cref="DeployException">Something keeps it from going.</exception>
    public async Task RemoveAsync(string step, StackState state, string? role, CancellationToken cancellationToken)
    {
        var ending = await TryAsync(step, state, role, cancellationToken);
        if (ending.State is not null)
        {
            throw new DeployException(ApplyProblems.NotRemoved(state.StackName, ending));
        }
    }

    /// <summary>The same, and what is left is for the caller to look at.</summary>
    public async Task<StackEnding> TryAsync(string step, StackState state, string? role, CancellationToken cancellationToken)
    {
        // Of a creation that failed nothing is left that the protection would protect.
        if (state.EnableTerminationProtection && StackStatus.ConditionOf(state.StackStatus) == StackCondition.Dead)
        {
            await cloudFormation.UpdateTerminationProtectionAsync(state.StackId, enableTerminationProtection: false, cancellationToken);
        }

        if (state.StackStatus == "DELETE_IN_PROGRESS")
        {
            return await _following.AttachAsync(step, state.StackId, cancellationToken);
        }

        return await BeginAsync(step, state, new DeleteStackRequest { StackName = state.StackId, ClientRequestToken = Token(state), RoleARN = role }, cancellationToken);
    }

    /// <summary>Has CloudFormation forget what it cannot delete; only for a stack whose deletion failed.</summary>
    public Task<StackEnding> ForceAsync(string step, StackState state, string? role, CancellationToken cancellationToken) =>
        BeginAsync(step, state, new DeleteStackRequest { StackName = state.StackId, ClientRequestToken = Token(state), RoleARN = role, DeletionMode = "FORCE_DELETE_STACK" }, cancellationToken);

    private async Task<StackEnding> BeginAsync(string step, StackState state, DeleteStackRequest request, CancellationToken cancellationToken)
    {
        var after = await _following.NewestAsync(state.StackId, cancellationToken);
        await cloudFormation.DeleteStackAsync(request, cancellationToken);
        return await _following.FollowAsync(step, state.StackId, request.ClientRequestToken, after, cancellationToken);
    }

    private string Token(StackState state) => string.Create(CultureInfo.InvariantCulture, $"{run}-delete-{Names.Hash(state.StackId)}-{Interlocked.Increment(ref _requests)}");
}
