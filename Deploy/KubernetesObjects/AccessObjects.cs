using k8s;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// What the access policies of EKS leave out: they know no custom resources, and the one that looks at everything looks at Secrets too. The groups
/// are those of the access entries in the cluster stack.
/// </summary>
internal static class AccessObjects
{
    private static readonly string[] Reads = ["get", "list", "watch"];

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context)
    {
        if (context.Settings.Cluster.Existing is not null)
        {
            yield break;
        }

        // Elsewhere the deployer administers the cluster.
        if (context.Settings.Profile == Profile.Production)
        {
            var role = context.Metadata("deployer", Labels.Shared(context));
            yield return new V1Role
            {
                ApiVersion = "rbac.authorization.k8s.io/v1",
                Kind = "Role",
                Metadata = role,
                Rules = [Rule(["create", "delete", "patch", "update", .. Reads], "secrets-store.csi.x-k8s.io", "secretproviderclasses")],
            };
            yield return new V1RoleBinding
            {
                ApiVersion = "rbac.authorization.k8s.io/v1",
                Kind = "RoleBinding",
                Metadata = role,
                RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = role.Name },
                Subjects = [Group(Names.DeployersGroup)],
            };
        }

        if (context.Settings.GitHub.Repository is not null)
        {
            var role = new V1ObjectMeta { Name = context.ClusterWide("planner"), Labels = Labels.Shared(context) };
            yield return new V1ClusterRole
            {
                ApiVersion = "rbac.authorization.k8s.io/v1",
                Kind = "ClusterRole",
                Metadata = role,
                Rules =
                [
                    Rule(Reads, "", "namespaces"),
                    Rule(Reads, context.AutoMode ? "eks.amazonaws.com" : "elbv2.k8s.aws", context.AutoMode ? ["ingressclassparams", "nodeclasses"] : ["ingressclassparams"]),
                    Rule(Reads, "karpenter.sh", "nodepools"),
                    Rule(Reads, "networking.k8s.io", "ingressclasses"),
                    Rule(Reads, "scheduling.k8s.io", "priorityclasses"),
                    Rule(Reads, "secrets-store.csi.x-k8s.io", "secretproviderclasses"),
                    Rule(Reads, "storage.k8s.io", "storageclasses"),
                ],
            };
            yield return new V1ClusterRoleBinding
            {
                ApiVersion = "rbac.authorization.k8s.io/v1",
                Kind = "ClusterRoleBinding",
                Metadata = role,
                RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = role.Name },
                Subjects = [Group(Names.PlannersGroup)],
            };
        }
    }

    private static V1PolicyRule Rule(string[] verbs, string apiGroup, params string[] resources) => new() { ApiGroups = [apiGroup], Resources = resources, Verbs = verbs };

    private static Rbacv1Subject Group(string name) => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = name };
}
