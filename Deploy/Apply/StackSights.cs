using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Apply;

/// <summary>What stands of an environment, with what is in each of its stacks; found without its sources.</summary>
internal static class StackSights
{
    // In the order in which they go: who uses something before what it uses.
    private static readonly string[] Families =
    [
        OperationsStack.ShortName, AddonsStack.ShortName, ClusterStack.ShortName, EdgeStack.ShortName, IdentityStack.ShortName, MirrorStack.ShortName, NetworkStack.ShortName,
        AccessStack.ShortName,
    ];

    /// <param name="target">The account.</param>
    /// <param name="all">Of the environment, and those it shares.</param>
    /// <param name="withAccess">Also the stack of the roles, which an administrator alone may look into.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>In the order in which they go.</returns>
    public static async Task<ImmutableArray<StackSight>> FindAsync(AwsTarget target, ImmutableArray<(string ShortName, StackState State)> all, bool withAccess, CancellationToken cancellationToken)
    {
        var found = all.Where(stack => Families.Contains(EnvironmentStacks.Family(stack.ShortName), StringComparer.Ordinal) && (withAccess || stack.ShortName != AccessStack.ShortName));
        var sights = await Task.WhenAll(found.Select(stack => LookAsync(target.SessionFor(stack.ShortName).CloudFormation, stack.ShortName, stack.State, cancellationToken)));
        return [.. sights.OrderBy(sight => Array.IndexOf(Families, EnvironmentStacks.Family(sight.Part))).ThenBy(sight => sight.Part, StringComparer.Ordinal)];
    }

    private static async Task<StackSight> LookAsync(CloudFormationClient cloudFormation, string part, StackState state, CancellationToken cancellationToken)
    {
        var resources = await cloudFormation.ListStackResourcesAsync(state.StackId, cancellationToken).ToListAsync(cancellationToken);
        var template = StackStatus.ConditionOf(state.StackStatus) == StackCondition.Empty ? null : await cloudFormation.GetTemplateAsync(state.StackId, cancellationToken);
        return new StackSight(part, state, [.. resources], template);
    }
}
