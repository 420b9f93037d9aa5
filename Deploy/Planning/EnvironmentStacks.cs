using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;

namespace Platform.Deploy.Planning;

/// <summary>The stacks of an environment and those it shares, found in the account by name and tags: without the application.</summary>
internal static class EnvironmentStacks
{
    private static readonly ImmutableArray<string> Order =
    [
        BootstrapStack.ShortName, AccessStack.ShortName, RegistryStack.ShortName, MirrorStack.ShortName, NetworkStack.ShortName, IdentityStack.ShortName, ClusterStack.ShortName,
        AddonsStack.ShortName, EdgeStack.ShortName, OperationsStack.ShortName,
    ];

    /// <returns>In the order of deployment, with their short names. What the caller may not look at is missing.</returns>
    public static async Task<ImmutableArray<(string ShortName, StackState State)>> ReadAsync(AwsTarget target, Names names, CancellationToken cancellationToken)
    {
        var summaries = await target.Deployer.CloudFormation.ListStacksAsync(Observation.AliveStatuses, cancellationToken)
            .Where(stack => ShortName(stack.StackName, names) is not null)
            .ToListAsync(cancellationToken);
        var states = await Task.WhenAll(summaries.Select(stack => DescribeAsync(target, ShortName(stack.StackName, names) ?? "", stack.StackId, cancellationToken)));
        return
        [
            .. states.OfType<StackState>().Where(state => IsOurs(state, names))
                .Select(state => (ShortName(state.StackName, names) ?? "", state))
                .OrderBy(stack => Order.IndexOf(Family(stack.Item1))).ThenBy(stack => stack.Item1.Length).ThenBy(stack => stack.Item1, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether there is a stack of a name, also one that the caller may not look at.</summary>
    public static ValueTask<bool> IsThereAsync(AwsTarget target, string name, CancellationToken cancellationToken) =>
        target.Deployer.CloudFormation.ListStacksAsync(Observation.AliveStatuses, cancellationToken).AnyAsync(stack => stack.StackName == name, cancellationToken);

    /// <returns>Null: it is none of the environment's.</returns>
    public static string? ShortName(string stack, Names names)
    {
        var shortName = stack == names.BootstrapStack ? BootstrapStack.ShortName
            : stack.StartsWith(names.RegistryStack, StringComparison.Ordinal) ? RegistryStack.ShortName + stack[names.RegistryStack.Length..]
            : stack.StartsWith(names.Prefix + "-", StringComparison.Ordinal) ? stack[(names.Prefix.Length + 1)..]
            : null;
        return shortName is not null && Order.Contains(Family(shortName)) ? shortName : null;
    }

    /// <summary><c>identity</c> of <c>identity-2</c>.</summary>
    public static string Family(string shortName)
    {
        var dash = shortName.LastIndexOf('-');
        return dash > 0 && shortName.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? shortName[..dash] : shortName;
    }

    // One that is only under review has no tags yet.
    private static bool IsOurs(StackState state, Names names) => StackStatus.ConditionOf(state.StackStatus) == StackCondition.Empty
        || (state.Tags.Contains(new AwsTag("app", names.Application))
            && state.Tags.Contains(new AwsTag("managed-by", Names.ManagedBy))
            && (!state.StackName.StartsWith(names.Prefix + "-", StringComparison.Ordinal) || state.Tags.Contains(new AwsTag("env", names.Environment))));

    // The deployer sees no stack of an administrator; the caller may.
    private static async Task<StackState?> DescribeAsync(AwsTarget target, string shortName, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await target.SessionFor(shortName).CloudFormation.DescribeStackAsync(id, cancellationToken);
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            return null;
        }
    }
}
