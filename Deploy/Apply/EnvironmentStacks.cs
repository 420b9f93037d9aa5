using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;

namespace Platform.Deploy.Apply;

/// <summary>Finds the stacks of an environment by their names and tags, without its sources.</summary>
internal sealed class EnvironmentStacks(CloudFormationClient cloudFormation, Names names)
{
    // In the order in which they go: who uses something before what it uses.
    private static readonly string[] Families =
    [
        OperationsStack.ShortName, AddonsStack.ShortName, ClusterStack.ShortName, EdgeStack.ShortName, IdentityStack.ShortName, MirrorStack.ShortName, NetworkStack.ShortName,
        AccessStack.ShortName,
    ];

    /// <summary>Those that exist, in the order in which they go.</summary>
    public async Task<ImmutableArray<StackSight>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<StackSight>();
        await foreach (var summary in cloudFormation.ListStacksAsync([], cancellationToken))
        {
            if (StackStatus.ConditionOf(summary.StackStatus) != StackCondition.Deleted
                && PartOf(summary.StackName) is { } part
                && await cloudFormation.DescribeStackAsync(summary.StackId, cancellationToken) is { } state
                && IsOurs(state))
            {
                var resources = await cloudFormation.ListStackResourcesAsync(state.StackId, cancellationToken).ToListAsync(cancellationToken);
                var template = StackStatus.ConditionOf(state.StackStatus) == StackCondition.Empty ? null : await cloudFormation.GetTemplateAsync(state.StackId, cancellationToken);
                found.Add(new StackSight(part, state, [.. resources], template));
            }
        }

        return [.. found.OrderBy(stack => Array.IndexOf(Families, FamilyOf(stack.Part))).ThenBy(stack => stack.Part, StringComparer.Ordinal)];
    }

    /// <summary><c>identity</c> of <c>identity-2</c>.</summary>
    public static string FamilyOf(string part) => part.LastIndexOf('-') is > 0 and var at && part.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? part[..at] : part;

    // Another environment's name may begin with this one's.
    private string? PartOf(string stackName) =>
        stackName.StartsWith(names.Prefix + "-", StringComparison.Ordinal) && stackName[(names.Prefix.Length + 1)..] is var part && Families.Contains(FamilyOf(part), StringComparer.Ordinal)
            ? part
            : null;

    // One that is only under review has no tags yet.
    private bool IsOurs(StackState state) => StackStatus.ConditionOf(state.StackStatus) == StackCondition.Empty
        || (Has(state, "app", names.Application) && Has(state, "env", names.Environment) && Has(state, "managed-by", Names.ManagedBy));

    private static bool Has(StackState state, string key, string value) => state.Tags.Any(tag => tag.Key == key && tag.Value == value);
}
