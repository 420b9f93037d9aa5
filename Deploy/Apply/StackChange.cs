using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>A small change of a stack that exists, outside of what its sources say: on the way to its end.</summary>
internal sealed class StackChange(CloudFormationClient cloudFormation, string run, string? role, TimeProvider time, IProgress<RunEvent> progress)
{
    private readonly StackFollowing _following = new(cloudFormation, time, progress);

    /// <param name="step">Of the run.</param>
    /// <param name="state">Of the stack.</param>
    /// <param name="template">Null: the one that it has.</param>
    /// <param name="arguments">For all of its parameters.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <exception cref="DeployException">It is refused, or fails.</exception>
    public async Task RunAsync(string step, StackState state, string? template, ImmutableArray<StackArgument> arguments, CancellationToken cancellationToken)
    {
        var name = $"destroy-{run}-{Names.Hash($"{step}\n{template}\n{state.LastUpdatedTime:O}")}";
        var created = await cloudFormation.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = state.StackId,
                ChangeSetName = name,
                ChangeSetType = "UPDATE",
                ClientToken = name,
                TemplateBody = template,
                UsePreviousTemplate = template is null ? true : null,
                Parameters = arguments,
                Capabilities = state.Capabilities,
                Tags = [.. state.Tags.Where(tag => !tag.Key.StartsWith("aws:", StringComparison.Ordinal))],
                RoleARN = role,
            },
            cancellationToken);
        var changes = await ComputedChangeSet.OfAsync(cloudFormation, time, created.Id, state.StackName, cancellationToken);
        if (changes.IsWithoutChanges)
        {
            await cloudFormation.DeleteChangeSetAsync(created.Id, cancellationToken);
            return;
        }

        if (!changes.IsReady)
        {
            throw new DeployException(ApplyProblems.ChangeSetRefused(state.StackName, changes, []));
        }

        // A policy that guards against mistakes does not guard against the end.
        if (await cloudFormation.GetStackPolicyAsync(state.StackId, cancellationToken) is not null)
        {
            await cloudFormation.SetStackPolicyAsync(state.StackId, StackPolicies.Open, cancellationToken);
        }

        var after = await _following.NewestAsync(state.StackId, cancellationToken);
        await cloudFormation.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = created.Id, ClientRequestToken = name }, cancellationToken);
        var ending = await _following.FollowAsync(step, state.StackId, name, after, cancellationToken);
        if (ending.Condition != StackCondition.Good)
        {
            throw new DeployException(ApplyProblems.StackFailed(state.StackName, wasNew: false, ending));
        }
    }
}

internal static class StackPolicies
{
    /// <summary>Lets everything pass.</summary>
    public const string Open = """{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}""";
}
