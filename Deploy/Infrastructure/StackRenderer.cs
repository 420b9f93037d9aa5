using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Lowers the model to the CloudFormation stacks of its environment.</summary>
internal static class StackRenderer
{
    public static StackRendering Render(DeploymentModel model)
    {
        ImmutableArray<StackTemplate> stacks =
        [
            BootstrapStack.Render(model),
            AccessStack.Render(model),
            .. model.Settings.Registry.Existing is null ? RegistryStack.Render(model).Concat(MirrorStack.Render(model)) : [],
            .. MakesCluster(model) && model.Settings.Network.Existing is null ? [NetworkStack.Render(model)] : ImmutableArray<StackTemplate>.Empty,
            .. IdentityStack.Render(model),
            .. MakesCluster(model) ? [ClusterStack.Render(model)] : ImmutableArray<StackTemplate>.Empty,
            .. AddonsStack.Render(model),
            .. EdgeStack.Render(model),
            .. OperationsStack.Render(model),
        ];
        return new StackRendering(stacks, [.. StackChecks.OfModel(model), .. StackChecks.OfTemplates(stacks)]);
    }

    // A cluster that exists brings its network along.
    private static bool MakesCluster(DeploymentModel model) => model.Settings.Cluster.Existing is null;
}
