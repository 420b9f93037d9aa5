using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// Add-ons that wait for nodes, and which pods get which role. In a cluster that exists its keeper answers for the add-ons, and the pod identity
/// agent has to be among them.
/// </summary>
internal static class AddonsStack
{
    public const string ShortName = "addons";

    // About 300 bytes each.
    private const int PerStack = 80;

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var addons = model.Settings.Cluster.Existing is null ? EksAddons.AfterNodes(model) : [];
        foreach (var (shortName, associations) in Shards.Beside(addons, ShortName, Associations(model), association => association.LogicalId, PerStack))
        {
            var own = shortName == ShortName ? addons : [];
            var template = new Template($"Add-ons of {model.Names.Cluster} and the roles of its pods")
            {
                Parameters = [.. own.Select(addon => addon.Parameter)],
                Resources = [.. own.Select(addon => addon.Resource(ClusterName(model))), .. associations],
            };
            yield return StackAssembly.Of(model, shortName, StackScope.Environment, template, [.. own.Select(addon => addon.Passed)]);
        }
    }

    private static CfnValue ClusterName(DeploymentModel model) =>
        model.Settings.Cluster.Existing is { } existing ? existing.Name : new CfnValue.ImportValue(model.Names.Export("ClusterName"));

    private static IEnumerable<Resource> Associations(DeploymentModel model)
    {
        foreach (var workload in model.Workloads)
        {
            if (workload.Role is { } role)
            {
                yield return Association(model, role.LogicalId, model.Settings.Namespace, workload.Name);
            }
        }

        if (model.Settings.Operations.Observability)
        {
            yield return Association(model, "LokiRole", Names.ObservabilityNamespace, LogStorage.ServiceAccount);
        }

        if (LoadBalancerControllerRole.IsNeeded(model))
        {
            yield return Association(model, LoadBalancerControllerRole.LogicalId, "kube-system", LoadBalancerControllerRole.ServiceAccount);
        }
    }

    private static Resource Association(DeploymentModel model, string role, string kubernetesNamespace, string serviceAccount) => new(role + "PodIdentity", new PodIdentityAssociation
    {
        ClusterName = ClusterName(model),
        Namespace = kubernetesNamespace,
        ServiceAccount = serviceAccount,
        RoleArn = new CfnValue.ImportValue(model.Names.Export(role + "Arn")),
        DisableSessionTags = false,
    });
}
