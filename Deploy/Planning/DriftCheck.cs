using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;

namespace Platform.Deploy.Planning;

/// <summary>What somebody changed by hand in what a stack made.</summary>
/// <param name="Status"><c>DRIFTED</c>, <c>IN_SYNC</c>, or why there is no answer.</param>
internal sealed record StackDrift(string Name, string Status, ImmutableArray<StackResourceDrift> Resources)
{
    public bool IsDrifted => Status == "DRIFTED";
}

/// <summary>Has CloudFormation compare what its stacks made with what is there.</summary>
internal static class DriftCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Those that are stable; CloudFormation looks at no others.</summary>
    public static async Task<ImmutableArray<StackDrift>> ReadAsync(AwsTarget target, Names names, CancellationToken cancellationToken)
    {
        var stacks = await EnvironmentStacks.ReadAsync(target, names, cancellationToken);
        return [.. await Task.WhenAll(stacks.Select(stack => OfStackAsync(target, stack.ShortName, stack.State, cancellationToken)))];
    }

    private static async Task<StackDrift> OfStackAsync(AwsTarget target, string shortName, StackState state, CancellationToken cancellationToken)
    {
        if (StackStatus.ConditionOf(state.StackStatus) is not (StackCondition.Good or StackCondition.RolledBack))
        {
            return new StackDrift(state.StackName, $"not checked, as it is in {state.StackStatus}", []);
        }

        var client = target.SessionFor(shortName).CloudFormation;
        try
        {
            var detection = await DoneAsync(client, await client.DetectStackDriftAsync(state.StackId, cancellationToken), target.Time, cancellationToken);
            var resources = detection.StackDriftStatus == "DRIFTED"
                ? await client.DescribeStackResourceDriftsAsync(state.StackId, ["MODIFIED", "DELETED"], cancellationToken).ToListAsync(cancellationToken)
                : [];
            return new StackDrift(
                state.StackName,
                detection.DetectionStatus == "DETECTION_COMPLETE" ? detection.StackDriftStatus ?? "UNKNOWN" : $"not checked: {detection.DetectionStatusReason ?? detection.DetectionStatus}",
                [.. resources.OrderBy(resource => resource.LogicalResourceId, StringComparer.Ordinal)]);
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            return new StackDrift(state.StackName, $"not checked, as the caller may not: {denied.Error.Action}", []);
        }
    }

    private static async Task<StackDriftDetection> DoneAsync(CloudFormationClient client, string id, TimeProvider time, CancellationToken cancellationToken)
    {
        var patience = new Patience(Limit, time);
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            var detection = await client.DescribeStackDriftDetectionStatusAsync(id, cancellationToken);
            if (detection.DetectionStatus != "DETECTION_IN_PROGRESS" || patience.IsOver)
            {
                return detection;
            }

            await patience.PauseAsync(pause, cancellationToken);
        }
    }
}
