using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// What CloudFormation may do to make the environment's stacks: the permissions that the resource types of the templates name in their schemas, within
/// the environment's names where IAM can tell. IAM takes 6,144 characters a policy, hence several.
/// </summary>
internal static class ExecutionPolicies
{
    public static ImmutableArray<Resource> Of(DeploymentModel model) =>
    [
        Policy(model, "Network", ExecutionNetwork.Of(model)),
        Policy(model, "Cluster", ExecutionCluster.Of(model)),
        Policy(model, "Identity", ExecutionIdentity.Of(model)),
        Policy(model, "Edge", ExecutionEdge.Of(model)),
    ];

    private static Resource Policy(DeploymentModel model, string part, PolicyDocument document) => new($"Execution{part}Policy", new ManagedPolicy
    {
        ManagedPolicyName = model.Names.Role("execution-" + part.ToLowerInvariant()),
        Path = model.Names.AccessPath,
        Description = $"What CloudFormation does in {model.Names.Prefix}: {part.ToLowerInvariant()}",
        PolicyDocument = document,
    });
}
