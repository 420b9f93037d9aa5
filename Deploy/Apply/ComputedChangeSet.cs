using Platform.Deploy.Aws;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>Waits until CloudFormation has found out what a change set would do.</summary>
internal static class ComputedChangeSet
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="cloudFormation">Of the account.</param>
    /// <param name="time">Of the run.</param>
    /// <param name="id">Of the change set.</param>
    /// <param name="stack">Name of its stack.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DeployException">It takes too long.</exception>
    public static async Task<ChangeSet> OfAsync(CloudFormationClient cloudFormation, TimeProvider time, string id, string stack, CancellationToken cancellationToken)
    {
        var patience = new Patience(Limit, time);
        while (true)
        {
            if (await cloudFormation.DescribeChangeSetAsync(id, cancellationToken) is { IsPending: false } changes)
            {
                return changes;
            }

            if (patience.IsOver)
            {
                throw new DeployException(ApplyProblems.ChangeSetLate(stack, Limit));
            }

            await patience.PauseAsync(Pause, cancellationToken);
        }
    }
}
