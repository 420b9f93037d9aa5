using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>Access entries. A principal has one at most, and whoever made the cluster gets none by itself.</summary>
internal static class ClusterAccess
{
    private const string ClusterAdmin = "AmazonEKSClusterAdminPolicy";

    public static IEnumerable<Resource> Of(DeploymentModel model)
    {
        var names = model.Names;
        var settings = model.Settings.Cluster;
        if (settings.Compute == Compute.Auto)
        {
            // EKS makes this entry for its own node classes and for managed node groups, but not for a NodeClass of ours.
            yield return Entry("NodeAccessEntry", new CfnValue.ImportValue(names.Export("NodeRoleArn")), "EC2", "AmazonEKSAutoNodePolicy");
        }

        if (model.Settings.Profile == Profile.Production)
        {
            yield return Entry("PlatformAccessEntry", Roles.AccessArn(model, "platform"), "STANDARD", ClusterAdmin);
            yield return InGroups(
                "AppDeployerAccessEntry", Roles.AccessArn(model, "deployer"), "STANDARD", [Names.DeployersGroup], new AccessPolicy(Arn.AccessPolicy("AmazonEKSAdminPolicy"), Namespaces(model)));
        }
        else
        {
            yield return Entry("PlatformAccessEntry", Roles.AccessArn(model, "deployer"), "STANDARD", ClusterAdmin);
        }

        if (model.Settings.GitHub.Repository is not null)
        {
            // Not AmazonEKSAdminViewPolicy: it shows Secrets, and whoever opens a pull request runs code with this role.
            yield return InGroups(
                "PlannerAccessEntry", Roles.AccessArn(model, "planner"), "STANDARD", [Names.PlannersGroup], new AccessPolicy(Arn.AccessPolicy("AmazonEKSViewPolicy")));
        }

        foreach (var administrator in settings.Administrators)
        {
            yield return Entry(Id("AdministratorAccessEntry", administrator), administrator, "STANDARD", ClusterAdmin);
        }

        foreach (var operatorArn in settings.Operators.Except(settings.Administrators, StringComparer.Ordinal))
        {
            yield return Entry(Id("OperatorsAccessEntry", operatorArn), operatorArn, "STANDARD", model.Settings.Profile switch
            {
                Profile.Dev => ClusterAdmin,
                Profile.Staging => "AmazonEKSAdminViewPolicy",
                _ => "AmazonEKSViewPolicy",
            });
        }
    }

    private static string Id(string name, string arn) => name + Names.Hash(arn).ToUpperInvariant();

    private static ImmutableArray<string> Namespaces(DeploymentModel model) =>
        model.Settings.Operations.Observability ? [model.Settings.Namespace, Names.ObservabilityNamespace] : [model.Settings.Namespace];

    private static Resource Entry(string logicalId, CfnValue principal, string type, string policy) => InGroups(logicalId, principal, type, [], new AccessPolicy(Arn.AccessPolicy(policy)));

    private static Resource InGroups(string logicalId, CfnValue principal, string type, ImmutableArray<string> groups, AccessPolicy policy) =>
        new(logicalId, new AccessEntry
        {
            ClusterName = new CfnValue.Ref("Cluster"),
            PrincipalArn = principal,
            EntryType = type,
            KubernetesGroups = groups,
            AccessPolicies = [policy],
        });
}
