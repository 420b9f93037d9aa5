using System.Text.RegularExpressions;
using k8s.Models;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Security;

/// <summary>Rules over Kubernetes objects. Several benchmarks ask for the same thing; it is checked once, under all of their names.</summary>
internal static partial class KubernetesRules
{
    public static IEnumerable<SecurityRule> All => OverObjects.Select(rule => new SecurityRule(rule.Ids, model => rule.Check(RenderedObjects.Of(model))));

    public static IEnumerable<ObjectRule> OverObjects => [.. PodRules.All, .. Access(), .. Secrets(), .. Network(), .. Cluster()];

    public static ObjectRule Rule(Func<RenderedObjects, IEnumerable<SecurityFinding>> check, params string[] ids) => new(ids, check);

    public static SecurityFinding Finding(KubernetesObject item, string what) => new($"{item.Kind}/{item.Name}", what);

    // The application asks nothing of the Kubernetes API, so no right is given to it. People and tools have theirs by EKS access entries, and what
    // those leave out by roles of ours, which RightsBeyond holds to a closed list.
    private static IEnumerable<ObjectRule> Access()
    {
        yield return Rule(
            objects => objects.All.Where(item => item.ApiVersion.StartsWith("rbac.authorization.k8s.io/", StringComparison.Ordinal)).SelectMany(RightsBeyond),
            "CIS-EKS-4.1.1", "CIS-EKS-4.1.2", "CIS-EKS-4.1.3", "CIS-EKS-4.1.4", "CIS-EKS-4.1.8", "CIS-EKS-4.1.9", "CIS-EKS-4.1.10", "CIS-EKS-4.1.11", "CIS-EKS-4.1.12",
            "C-0002", "C-0035", "KSV-0041", "KSV-0042", "KSV-0043", "KSV-0044", "KSV-0045", "KSV-0046", "KSV-0047", "KSV-0048", "KSV-0049", "KSV-0050", "KSV-0051", "KSV-0052",
            "KSV-0053", "KSV-0054", "KSV-0055", "KSV-0056", "KSV-0111", "polaris/rolebindingClusterAdminRole", "polaris/rolePodExecAttach", "polaris/clusterrolebindingPodExecAttach");
        yield return Rule(
            objects => objects.Pods.Where(pod => pod.Spec.ServiceAccountName is null or "default").Select(pod => new SecurityFinding(pod.Resource, "uses the default service account")),
            "CIS-EKS-4.1.5", "CIS-EKS-5.2.1");
        yield return Rule(
            objects => objects.Pods.Where(pod => pod.Spec.AutomountServiceAccountToken != false).Select(pod => new SecurityFinding(pod.Resource, "mounts a token"))
                .Concat(objects.All.Where(item => item.Body is V1ServiceAccount { AutomountServiceAccountToken: not false }).Select(item => Finding(item, "gives tokens to pods"))),
            "CIS-EKS-4.1.6", "C-0034", "C-0261", "KSV-0036", "polaris/automountServiceAccountToken");
    }

    private static IEnumerable<SecurityFinding> RightsBeyond(KubernetesObject item) => item.Body switch
    {
        V1Role role => role.Rules.Where(rule => !IsAllowed(rule)).Select(rule => Finding(item, $"gives {string.Join(' ', rule.Verbs)} on {string.Join(' ', rule.Resources)}")),
        V1ClusterRole role => role.Rules.Where(rule => !IsAllowed(rule)).Select(rule => Finding(item, $"gives {string.Join(' ', rule.Verbs)} on {string.Join(' ', rule.Resources)}")),
        V1RoleBinding binding => Bound(item, binding.RoleRef, binding.Subjects),
        V1ClusterRoleBinding binding => Bound(item, binding.RoleRef, binding.Subjects),
        _ => [Finding(item, "is an unknown right in the cluster")],
    };

    private static IEnumerable<SecurityFinding> Bound(KubernetesObject item, V1RoleRef role, IList<Rbacv1Subject> subjects) =>
        role.Name == item.Name && subjects.All(subject => subject is { Kind: "Group", Name: Names.DeployersGroup or Names.PlannersGroup })
            ? []
            : [Finding(item, $"binds {role.Name}")];

    // Nothing of the core group but namespaces, no wildcard, and no write but to the lists of references to secrets.
    private static bool IsAllowed(V1PolicyRule rule) =>
        rule.ResourceNames is null
        && rule.NonResourceURLs is null
        && rule.Resources.All(resource => rule.ApiGroups.Single() + "/" + resource is
            "/namespaces" or "eks.amazonaws.com/ingressclassparams" or "eks.amazonaws.com/nodeclasses" or "elbv2.k8s.aws/ingressclassparams" or "karpenter.sh/nodepools"
            or "networking.k8s.io/ingressclasses" or "scheduling.k8s.io/priorityclasses" or "secrets-store.csi.x-k8s.io/secretproviderclasses" or "storage.k8s.io/storageclasses")
        && rule.Verbs.All(verb => verb is "get" or "list" or "watch"
            || (rule.Resources.Single() == "secretproviderclasses" && (verb is "create" or "delete" or "patch" or "update")));

    private static IEnumerable<ObjectRule> Secrets()
    {
        yield return Rule(
            objects => objects.Containers.Where(one => one.Container.Env?.Any(variable => variable.ValueFrom?.SecretKeyRef is not null) == true)
                .Select(one => new SecurityFinding(one.Pod.Resource, "takes secrets from variables")),
            "CIS-EKS-4.4.1");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1Secret).Select(item => Finding(item, "is a secret of the cluster, not of the store")),
            "CIS-EKS-4.4.2");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1ConfigMap { Data: { } data } && data.Any(pair => Sensitive().IsMatch(pair.Key))).Select(item => Finding(item, "holds what is called like a secret"))
                .Concat(objects.Containers.Where(one => one.Container.Env?.Any(variable => variable.Value is { } value && Sensitive().IsMatch(variable.Name) && !value.Contains("$(SECRET_", StringComparison.Ordinal)) == true)
                    .Select(one => new SecurityFinding(one.Pod.Resource, "has the text of what is called like a secret"))),
            "C-0012", "KSV-0109", "polaris/sensitiveContainerEnvVar", "polaris/sensitiveConfigmapContent");
    }

    private static IEnumerable<ObjectRule> Network()
    {
        yield return Rule(PodsWithoutPolicy, "C-0030", "C-0260", "CIS-EKS-4.3.2", "kube-score/pod-networkpolicy", "polaris/missingNetworkPolicy");
        yield return Rule(
            objects => objects.OfType<V1Namespace>().Where(ns => !objects.OfType<V1NetworkPolicy>().Any(policy => policy.Metadata.NamespaceProperty == ns.Metadata.Name && IsDenial(policy)))
                .Select(ns => new SecurityFinding($"Namespace/{ns.Metadata.Name}", "allows what no policy names")),
            "C-0054", "CIS-EKS-5.4.4");
        yield return Rule(
            objects => objects.OfType<NodeClass>().Any() && !objects.OfType<V1ConfigMap>().Any(map => map.Metadata.Name == "amazon-vpc-cni" && map.Data["enable-network-policy-controller"] == "true")
                ? [new SecurityFinding("ConfigMap/amazon-vpc-cni", "network policies are not enforced")]
                : [],
            "CIS-EKS-4.3.1");
        yield return Rule(
            objects => objects.OfType<V1NetworkPolicy>().Where(policy => policy.Spec.PodSelector.MatchLabels is { } labels
                    && !objects.Pods.Any(pod => RenderedObjects.Selects(labels, policy.Metadata.NamespaceProperty, pod)))
                .Select(policy => new SecurityFinding($"NetworkPolicy/{policy.Metadata.Name}", "is for no pod")),
            "kube-score/networkpolicy-targets-pod");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1Service { Spec.Type: "NodePort" }).Select(item => Finding(item, "opens a port on every node")),
            "kube-score/service-type");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1Ingress or V1Service { Spec.Type: "LoadBalancer" }).Select(item => Finding(item, "is reached from outside")),
            "C-0256");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1Ingress ingress && !(ingress.Metadata.Annotations.TryGetValue("alb.ingress.kubernetes.io/certificate-arn", out var arn) && arn.Length > 0
                    && ingress.Metadata.Annotations.ContainsKey("alb.ingress.kubernetes.io/ssl-redirect")))
                .Select(item => Finding(item, "serves plain HTTP")),
            "CIS-EKS-5.4.5");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1Ingress ingress && ingress.Spec.Rules.Any(rule => rule.Host is not null && ingress.Spec.Tls?.Any(tls => tls.Hosts.Contains(rule.Host)) != true))
                .Select(item => Finding(item, "has a host without TLS")),
            "polaris/tlsSettingsMissing");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1IngressClass { Spec.Controller: var controller } && controller.Contains("nginx", StringComparison.Ordinal)).Select(item => Finding(item, "ingress-nginx has come to its end")),
            "C-0292");
        yield return Rule(
            objects => from ingress in objects.OfType<V1Ingress>()
                       from path in ingress.Spec.Rules.SelectMany(rule => rule.Http.Paths)
                       where !objects.OfType<V1Service>().Any(service => service.Metadata.Name == path.Backend.Service.Name && service.Spec.Ports.Any(port => port.Name == path.Backend.Service.Port.Name))
                       select new SecurityFinding($"Ingress/{ingress.Metadata.Name}", $"leads to {path.Backend.Service.Name}, which is no service"),
            "kube-score/ingress-targets-service");
        yield return Rule(
            objects => objects.OfType<V1Service>().Where(service => !objects.Pods.Any(pod => RenderedObjects.Selects(service.Spec.Selector, service.Metadata.NamespaceProperty, pod)))
                .Select(service => new SecurityFinding($"Service/{service.Metadata.Name}", "leads to no pod")),
            "kube-score/service-targets-pod");
    }

    private static IEnumerable<ObjectRule> Cluster()
    {
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1Namespace ns && !(ns.Metadata.Labels.TryGetValue("pod-security.kubernetes.io/enforce", out var level) && level == "restricted"))
                .Select(item => Finding(item, "lets any pod in")),
            "PSS-Enforced");
        yield return Rule(
            objects => objects.All.Where(item => item.Namespace == "default").Select(item => Finding(item, "is in the default namespace")),
            "CIS-EKS-4.5.1", "CIS-EKS-4.5.2", "KSV-0110");
        yield return Rule(objects => objects.Pods.Where(pod => pod.Namespace == "kube-system").Select(pod => new SecurityFinding(pod.Resource, "runs among the cluster's own")), "KSV-0037");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1StorageClass storage && storage.Parameters["encrypted"] != "true").Select(item => Finding(item, "keeps data in the clear")),
            "C-0264");
        yield return Rule(
            objects => objects.All.Where(item => item.ApiVersion.Contains("alpha", StringComparison.Ordinal) || (item.ApiVersion.Contains("beta", StringComparison.Ordinal) && item.Kind != "IngressClassParams"))
                .Select(item => Finding(item, $"{item.ApiVersion} may change")),
            "kube-score/stable-version");
        yield return Rule(
            objects => objects.All.SelectMany(item => (item.Body.Metadata.Labels ?? new Dictionary<string, string>()).Where(label => !LabelValue().IsMatch(label.Value)).Select(label => Finding(item, $"label {label.Key} is {label.Value}"))),
            "kube-score/label-values");
    }

    private static IEnumerable<SecurityFinding> PodsWithoutPolicy(RenderedObjects objects) =>
        from pod in objects.Pods
        let policies = objects.OfType<V1NetworkPolicy>().Where(policy => RenderedObjects.Selects(policy.Spec.PodSelector.MatchLabels, policy.Metadata.NamespaceProperty, pod)).ToList()
        where !policies.Any(policy => policy.Spec.PolicyTypes.Contains("Ingress")) || !policies.Any(policy => policy.Spec.PolicyTypes.Contains("Egress"))
        select new SecurityFinding(pod.Resource, "has connections that no policy limits");

    private static bool IsDenial(V1NetworkPolicy policy) =>
        policy.Spec is { PodSelector: { MatchLabels: null, MatchExpressions: null }, Ingress: null, Egress: null } spec && spec.PolicyTypes.Contains("Ingress") && spec.PolicyTypes.Contains("Egress");

    internal sealed record ObjectRule(string[] Ids, Func<RenderedObjects, IEnumerable<SecurityFinding>> Check);

    [GeneratedRegex("(password|passwd|secret|token|apikey|api_key|accesskey|credential)", RegexOptions.IgnoreCase)]
    private static partial Regex Sensitive();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();
}
