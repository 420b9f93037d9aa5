using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>Asks CloudFormation what a template would change in a stack that exists: by a change set that is read and taken away.</summary>
internal sealed class PlanChangeSet(CloudFormationClient client, TimeProvider time)
{
    /// <summary>The planner's role may make change sets of no other names.</summary>
    private const string NamePrefix = "plan-";

    // Another plan that runs at the same time may take ours for a leftover.
    private const int Attempts = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Cleanup = TimeSpan.FromSeconds(10);

    /// <returns>Complete, or without changes.</returns>
    /// <exception cref="DeployException">CloudFormation refuses it, or takes too long.</exception>
    public async Task<ChangeSet> AskAsync(StackTemplate stack, StackState state, StackArguments arguments, string? roleArn, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await AskOnceAsync(stack, state, arguments, roleArn, cancellationToken) is { } answer)
            {
                return answer.IsReady || answer.IsWithoutChanges ? answer : throw new DeployException(PlanProblems.ChangeSetRefused(stack.Name, answer.StatusReason ?? answer.Status));
            }

            if (attempt == Attempts)
            {
                throw new DeployException(PlanProblems.ChangeSetRefused(stack.Name, "The change set was deleted by somebody else while it was being made."));
            }
        }
    }

    /// <summary>Takes away what an earlier plan left that was killed. One that is being computed is another plan's of this moment.</summary>
    public static async Task RemoveLeftoversAsync(CloudFormationClient client, string stackId, CancellationToken cancellationToken)
    {
        await foreach (var changeSet in client.ListChangeSetsAsync(stackId, cancellationToken))
        {
            if (changeSet.ChangeSetName.StartsWith(NamePrefix, StringComparison.Ordinal) && changeSet.Status is "CREATE_COMPLETE" or "FAILED")
            {
                _ = await client.DeleteChangeSetAsync(changeSet.ChangeSetId, cancellationToken);
            }
        }
    }

    private async Task<ChangeSet?> AskOnceAsync(StackTemplate stack, StackState state, StackArguments arguments, string? roleArn, CancellationToken cancellationToken)
    {
        var name = NamePrefix + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var request = new CreateChangeSetRequest
        {
            StackName = state.StackId,
            ChangeSetName = name,
            ChangeSetType = "UPDATE",
            ClientToken = name,
            TemplateBody = Encoding.UTF8.GetString(stack.Body.AsSpan()),
            Parameters = [.. arguments.Known, .. Kept(arguments.Unknown, state)],
            Capabilities = stack.Capabilities,
            Tags = [.. stack.Tags.Select(tag => new AwsTag(tag.Key, tag.Value))],
            RoleARN = roleArn,
        };

        // Also where the answer was lost, there is one to take away: by its name.
        var id = "";
        try
        {
            id = (await client.CreateChangeSetAsync(request, cancellationToken)).Id;
            return await ReadyAsync(stack.Name, id, cancellationToken);
        }
        finally
        {
            await TakeAwayAsync(id, state.StackId, name);
        }
    }

    private static IEnumerable<StackArgument> Kept(ImmutableArray<string> unknown, StackState state) =>
        unknown.Where(name => state.Parameters.Any(passed => passed.ParameterKey == name)).Select(name => new StackArgument(name, ParameterValue: null, UsePreviousValue: true));

    private async Task<ChangeSet?> ReadyAsync(string stack, string id, CancellationToken cancellationToken)
    {
        var patience = new Patience(Limit, time);
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            var answer = await client.DescribeChangeSetAsync(id, cancellationToken);
            if (answer is not { IsPending: true })
            {
                return answer;
            }

            if (patience.IsOver)
            {
                throw new DeployException(PlanProblems.Slow(stack, Limit));
            }

            await patience.PauseAsync(pause, cancellationToken);
        }
    }

    // The command may have been interrupted: that is no reason to leave it.
    private async Task TakeAwayAsync(string id, string stackId, string name)
    {
        using var limit = new CancellationTokenSource(Cleanup);
        try
        {
            if (id.Length > 0)
            {
                _ = await client.DeleteChangeSetAsync(id, limit.Token);
                return;
            }

            await foreach (var changeSet in client.ListChangeSetsAsync(stackId, limit.Token))
            {
                if (changeSet.ChangeSetName == name)
                {
                    _ = await client.DeleteChangeSetAsync(changeSet.ChangeSetId, limit.Token);
                }
            }
        }
        catch (Exception failure) when (failure is DeployException or OperationCanceledException)
        {
            // The next plan takes it away.
        }
    }
}
