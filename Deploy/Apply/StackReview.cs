using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>
/// The last look before a stack is changed. What was planned was agreed to; what is more than that may follow from stacks that were deployed just now,
/// but nothing may be lost that nobody agreed to.
/// </summary>
internal sealed class StackReview(Plan plan, ImmutableSortedSet<string> mayReplace, TaggingClient tagging, IProgress<RunEvent> progress)
{
    // Made by AWS itself for a cluster of ours, and without tags.
    private const string LogGroup = "AWS::Logs::LogGroup";

    public async Task<ImmutableArray<Problem>> OfAsync(StackTemplate stack, ChangeSet changes, CancellationToken cancellationToken)
    {
        var planned = plan.Stacks.FirstOrDefault(one => one.Name == stack.Name)?.Changes.ToDictionary(change => change.LogicalId, StringComparer.Ordinal) ?? [];
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var more = new List<string>();
        foreach (var change in changes.Changes)
        {
            var known = planned.GetValueOrDefault(change.LogicalResourceId);
            if (Destroys(change) && !Destroys(known) && !mayReplace.Contains(change.LogicalResourceId))
            {
                problems.Add(ApplyProblems.Replaces(stack.Name, change));
            }
            else if (change.Action == "Import" && change.ResourceType != LogGroup && !await IsOursAsync(stack, change, cancellationToken))
            {
                problems.Add(ApplyProblems.NotOurs(stack.Name, change));
            }
            else if (known is null && planned.Count > 0)
            {
                more.Add(change.LogicalResourceId);
            }
        }

        if (more.Count > 0)
        {
            progress.Report(new RunEvent.Notice(stack.ShortName, $"Beyond the plan, because of what was deployed before it, '{stack.Name}' changes {string.Join(", ", more)}."));
        }

        return problems.ToImmutable();
    }

    private static bool Destroys(ResourceChange change) =>
        change.Action == "Remove" || change.Replacement is "True" or "Conditional" || change.PolicyAction is "Delete" or "ReplaceAndDelete";

    private static bool Destroys(PlannedChange? change) => change is { Action: ChangeAction.Remove } or { Replacement: not Replacement.No } or { PolicyAction: "Delete" or "ReplaceAndDelete" };

    private async Task<bool> IsOursAsync(StackTemplate stack, ResourceChange change, CancellationToken cancellationToken)
    {
        if (change.PhysicalResourceId is not { } id)
        {
            return false;
        }

        var ours = tagging.GetResourcesAsync([.. stack.Tags.Where(tag => tag.Key is "app" or "managed-by").Select(tag => new TagFilter(tag.Key, [tag.Value]))], [], cancellationToken);
        return await ours.AnyAsync(resource => resource.ResourceARN == id || resource.ResourceARN.EndsWith($"/{id}", StringComparison.Ordinal) || resource.ResourceARN.EndsWith($":{id}", StringComparison.Ordinal), cancellationToken);
    }
}
