using k8s.Models;
using static Platform.Deploy.Tests.Security.KubernetesRules;

namespace Platform.Deploy.Tests.Security;

/// <summary>Rules over pods and their containers, and over what keeps them running.</summary>
internal static class PodRules
{
    private static readonly string[] RestrictedVolumes = ["ConfigMap", "Csi", "DownwardAPI", "EmptyDir", "Ephemeral", "PersistentVolumeClaim", "Projected", "Secret"];

    public static IEnumerable<ObjectRule> All => [.. Restricted(), .. Containers(), .. Availability(), .. Probes()];

    private static ObjectRule OfPods(Func<V1PodSpec, bool> isWrong, string what, params string[] ids) =>
        Rule(objects => objects.Pods.Where(pod => isWrong(pod.Spec)).Select(pod => new SecurityFinding(pod.Resource, what)), ids);

    private static ObjectRule OfContainers(Func<V1Container, bool> isWrong, string what, params string[] ids) =>
        Rule(objects => objects.Containers.Where(one => isWrong(one.Container)).Select(one => new SecurityFinding(one.Pod.Resource, $"{one.Container.Name} {what}")), ids);

    // A rule of what runs on: not of jobs.
    private static ObjectRule OfServices(Func<RenderedObjects, Pod, bool> isWrong, string what, params string[] ids) =>
        Rule(objects => objects.Pods.Where(pod => pod.RunsOn && isWrong(objects, pod)).Select(pod => new SecurityFinding(pod.Resource, what)), ids);

    private static IEnumerable<ObjectRule> Restricted()
    {
        yield return OfContainers(container => container.SecurityContext.AllowPrivilegeEscalation != false, "may gain privileges", "CIS-EKS-4.2.5", "C-0016", "KSV-0001", "PSS-PrivilegeEscalation", "polaris/privilegeEscalationAllowed");
        yield return OfContainers(container => container.SecurityContext.Privileged == true, "is privileged", "CIS-EKS-4.2.1", "C-0057", "KSV-0017", "PSS-Privileged", "kube-score/container-security-context-privileged", "polaris/runAsPrivileged");
        yield return OfPods(pod => pod.HostPID == true, "sees the node's processes", "CIS-EKS-4.2.2", "C-0038", "KSV-0010", "polaris/hostPIDSet");
        yield return OfPods(pod => pod.HostIPC == true, "shares memory with the node", "CIS-EKS-4.2.3", "KSV-0008", "polaris/hostIPCSet");
        yield return OfPods(pod => pod.HostNetwork == true, "is in the node's network", "CIS-EKS-4.2.4", "C-0041", "KSV-0009", "polaris/hostNetworkSet");
        yield return OfPods(pod => pod.HostPID == true || pod.HostIPC == true || pod.HostNetwork == true, "is in a namespace of the node", "PSS-HostNamespaces");
        yield return OfPods(pod => pod.SecurityContext.RunAsNonRoot != true, "may run as root", "C-0013", "PSS-RunAsNonRoot", "KSV-0012", "polaris/runAsRootAllowed");
        yield return OfPods(pod => pod.SecurityContext.RunAsUser is null or 0 || pod.SecurityContext.RunAsGroup is null or 0, "runs as root", "PSS-RunAsUser");
        yield return OfPods(pod => pod.SecurityContext.RunAsUser < 10_000 || pod.SecurityContext.RunAsGroup < 10_000, "runs as a user that a node may have too", "kube-score/container-security-context-user-group-id");
        yield return OfPods(pod => pod.SecurityContext.SeccompProfile?.Type != "RuntimeDefault", "may make any system call", "C-0055", "C-0211", "KSV-0118", "PSS-Seccomp", "polaris/linuxHardening");
        yield return OfContainers(
            container => container.SecurityContext.Capabilities?.Drop is not ["ALL"] || container.SecurityContext.Capabilities.Add is not (null or ["NET_BIND_SERVICE"]),
            "has capabilities",
            "C-0046", "KSV-0003", "KSV-0004", "KSV-0005", "KSV-0106", "KSV-0119", "KSV-0120", "KSV-0122", "KSV-0123", "PSS-Capabilities", "polaris/dangerousCapabilities", "polaris/insecureCapabilities");
        yield return OfContainers(container => container.SecurityContext.ReadOnlyRootFilesystem != true, "can write its root file system", "C-0017", "KSV-0014", "kube-score/container-security-context-readonlyrootfilesystem", "polaris/notReadOnlyRootFilesystem");
        yield return OfContainers(container => container.Ports?.Any(port => port.HostPort is not null) == true, "has a port of the node", "C-0044", "KSV-0024", "PSS-HostPorts", "polaris/hostPortSet");
        yield return OfContainers(container => container.Ports?.Any(port => port.ContainerPort < 1024) == true, "has a port that only root may open", "KSV-0117");
        yield return OfPods(pod => pod.Volumes?.Any(volume => volume.HostPath is not null) == true, "sees files of the node", "KSV-0006", "KSV-0023", "KSV-0121", "PSS-HostPath", "polaris/hostPathSet");
        yield return OfPods(pod => pod.Volumes?.Any(volume => !IsRestricted(volume)) == true, "has a volume of another kind than restricted pods may have", "PSS-Volumes");
        yield return OfContainers(container => container.SecurityContext.ProcMount is not null, "sees more of /proc", "KSV-0027", "PSS-ProcMount", "polaris/procMount");
        yield return OfPods(pod => pod.SecurityContext.Sysctls is not (null or [{ Name: "net.ipv4.ip_unprivileged_port_start" }]), "sets the kernel", "PSS-Sysctls");
        yield return OfContainers(container => container.SecurityContext.AppArmorProfile is not null || container.SecurityContext.SeLinuxOptions is not null, "sets aside AppArmor or SELinux", "PSS-AppArmor", "PSS-SELinux");
    }

    private static IEnumerable<ObjectRule> Containers()
    {
        yield return OfContainers(container => !Has(container.Resources.Requests, "cpu"), "asks for no CPU", "KSV-0015", "polaris/cpuRequestsMissing");
        yield return OfContainers(container => !Has(container.Resources.Requests, "memory"), "asks for no memory", "KSV-0016", "polaris/memoryRequestsMissing");
        yield return OfContainers(container => !Has(container.Resources.Limits, "cpu"), "may take all CPUs", "C-0270", "KSV-0011", "polaris/cpuLimitsMissing");
        yield return OfContainers(container => !Has(container.Resources.Limits, "memory"), "may take all memory", "C-0271", "KSV-0018", "polaris/memoryLimitsMissing");
        yield return OfContainers(container => !Has(container.Resources.Limits, "cpu") || !Has(container.Resources.Limits, "memory") || !Has(container.Resources.Requests, "cpu") || !Has(container.Resources.Requests, "memory"), "has no size", "kube-score/container-resources");
        yield return OfContainers(container => !Has(container.Resources.Requests, "ephemeral-storage") || !Has(container.Resources.Limits, "ephemeral-storage"), "may fill the node's disk", "kube-score/container-ephemeral-storage-request-and-limit");
        yield return OfContainers(container => !IsPinned(container.Image), "has an image that moves", "kube-score/container-image-tag", "KSV-0013", "polaris/tagNotSpecified");
        yield return OfContainers(container => container.ImagePullPolicy != "Always", "runs what the node happens to have", "kube-score/container-image-pull-policy", "polaris/pullPolicyNotAlways");
        yield return OfContainers(container => !container.Image.Split('/')[0].Contains('.', StringComparison.Ordinal), "does not say from which registry it is", "CIS-EKS-5.1.4");
        yield return OfContainers(container => container.Env?.GroupBy(variable => variable.Name).Any(same => same.Count() > 1) == true, "has a variable twice", "kube-score/environment-variable-key-duplication");
        yield return OfContainers(
            container => container.Ports?.Any(port => port.Name.Length > 15) == true || container.Ports?.GroupBy(port => (port.Name, port.Protocol)).Any(same => same.Count() > 1) == true,
            "has ports that cannot be told apart",
            "kube-score/container-ports-check");
        yield return Rule(
            objects => objects.Pods.Where(pod => pod.Selector is { MatchLabels: var labels } && !RenderedObjects.Selects(labels, pod.Namespace, pod)).Select(pod => new SecurityFinding(pod.Resource, "does not select its own pods")),
            "kube-score/deployment-pod-selector-labels-match-template-metadata-labels", "kube-score/statefulset-pod-selector-labels-match-template-metadata-labels");
        yield return Rule(
            objects => objects.Pods.Where(pod => pod.Owner.Body.Metadata.Labels["app.kubernetes.io/instance"] != pod.Owner.Name).Select(pod => new SecurityFinding(pod.Resource, "is another instance than it says")),
            "polaris/metadataAndInstanceMismatched");
        yield return Rule(
            objects => objects.All.Where(item => item.Body is V1StatefulSet set && !objects.OfType<V1Service>().Any(service => service.Metadata.Name == set.Spec.ServiceName && service.Spec.ClusterIP == "None"))
                .Select(item => Finding(item, "has no headless service")),
            "kube-score/statefulset-has-servicename");
    }

    private static IEnumerable<ObjectRule> Availability()
    {
        yield return OfServices((objects, pod) => Budget(objects, pod) is null, "has no disruption budget", "polaris/missingPodDisruptionBudget");
        foreach (var kind in new[] { "Deployment", "StatefulSet" })
        {
            var check = kind.ToLowerInvariant();
            yield return OfServices((objects, pod) => pod.Owner.Kind == kind && Budget(objects, pod) is null, "has no disruption budget", $"kube-score/{check}-has-poddisruptionbudget");
            yield return OfServices((_, pod) => pod.Owner.Kind == kind && pod.Spec.Affinity?.PodAntiAffinity is null, "may be on one node with all its pods", $"kube-score/{check}-has-host-podantiaffinity");
            yield return OfServices(
                (objects, pod) => pod.Owner.Kind == kind && Scaler(objects, pod) is not null && Replicas(pod) is not null,
                "has two who say its number of pods",
                $"kube-score/{check}-targeted-by-hpa-does-not-have-replicas");
        }

        yield return OfServices((objects, pod) => Budget(objects, pod) is { Spec: { MinAvailable: null, MaxUnavailable: null } }, "has a budget that says nothing", "kube-score/poddisruptionbudget-has-policy");
        yield return OfServices((objects, pod) => Budget(objects, pod)?.Spec is { MaxUnavailable.Value: "0" or "0%" } or { MinAvailable: not null }, "may stop a node from being replaced", "polaris/pdbDisruptionsIsZero", "polaris/pdbMinAvailableGreaterThanHPAMinReplicas");
        yield return OfServices((objects, pod) => pod.Spec.TopologySpreadConstraints is null or [] && Most(objects, pod) > 1, "may be in one zone with all its pods", "kube-score/pod-topology-spread-constraints", "polaris/topologySpreadConstraint");
        yield return OfPods(pod => pod.PriorityClassName is null, "is as important as any other", "polaris/priorityClassNotSet");
        yield return Rule(
            objects => objects.OfType<V2HorizontalPodAutoscaler>().Where(scaler => !objects.All.Any(item => item.Kind == scaler.Spec.ScaleTargetRef.Kind && item.Name == scaler.Spec.ScaleTargetRef.Name && item.ApiVersion == scaler.Spec.ScaleTargetRef.ApiVersion))
                .Select(scaler => new SecurityFinding($"HorizontalPodAutoscaler/{scaler.Metadata.Name}", "scales nothing")),
            "kube-score/horizontalpodautoscaler-has-target");
        yield return Rule(
            objects => objects.OfType<V2HorizontalPodAutoscaler>().Where(scaler => scaler.Spec.MinReplicas < 2).Select(scaler => new SecurityFinding($"HorizontalPodAutoscaler/{scaler.Metadata.Name}", "goes down to one pod")),
            "kube-score/horizontalpodautoscaler-replicas", "polaris/hpaMinAvailability");
        yield return Rule(
            objects => objects.OfType<V2HorizontalPodAutoscaler>().Where(scaler => scaler.Spec.MaxReplicas <= scaler.Spec.MinReplicas).Select(scaler => new SecurityFinding($"HorizontalPodAutoscaler/{scaler.Metadata.Name}", "does not scale")),
            "polaris/hpaMaxAvailability");
        yield return OfServices((objects, pod) => pod.Owner.Kind == "Deployment" && (Scaler(objects, pod)?.Spec.MinReplicas ?? Replicas(pod)) == 1, "is one pod", "polaris/deploymentMissingReplicas");
    }

    // What answers others has to say when it can; what waits for a timer has nothing to say.
    private static IEnumerable<ObjectRule> Probes()
    {
        yield return OfServices((_, pod) => App(pod) is { Ports: not null, ReadinessProbe: null }, "gets requests before it can answer", "polaris/readinessProbeMissing");
        yield return OfServices((_, pod) => App(pod) is { Ports: not null, LivenessProbe: null }, "is not restarted when it hangs", "polaris/livenessProbeMissing");
        yield return Rule(
            objects => from pod in objects.Pods
                       where pod.RunsOn && App(pod) is { ReadinessProbe: { } readiness, LivenessProbe: { } liveness } && Same(readiness, liveness)
                       select new SecurityFinding(App(pod).ReadinessProbe.TcpSocket is null ? pod.Resource : $"{pod.Resource}#tcp", "is restarted where it should only get no requests"),
            "kube-score/pod-probes");
    }

    private static V1Container App(Pod pod) => pod.Spec.Containers[0];

    private static bool Same(V1Probe one, V1Probe other) =>
        one.HttpGet?.Path == other.HttpGet?.Path && one.HttpGet?.Port?.Value == other.HttpGet?.Port?.Value && one.TcpSocket?.Port?.Value == other.TcpSocket?.Port?.Value;

    private static bool Has(IDictionary<string, ResourceQuantity>? amounts, string resource) => amounts?.ContainsKey(resource) == true;

    private static bool IsPinned(string image) =>
        image.Contains('@', StringComparison.Ordinal) || (image.LastIndexOf(':') > image.LastIndexOf('/') && !image.EndsWith(":latest", StringComparison.Ordinal));

    private static bool IsRestricted(V1Volume volume) =>
        typeof(V1Volume).GetProperties().Where(property => property.Name != nameof(V1Volume.Name) && property.GetValue(volume) is not null).All(property => RestrictedVolumes.Contains(property.Name));

    private static V1PodDisruptionBudget? Budget(RenderedObjects objects, Pod pod) =>
        objects.OfType<V1PodDisruptionBudget>().FirstOrDefault(budget => RenderedObjects.Selects(budget.Spec.Selector.MatchLabels, budget.Metadata.NamespaceProperty, pod));

    private static V2HorizontalPodAutoscaler? Scaler(RenderedObjects objects, Pod pod) =>
        objects.OfType<V2HorizontalPodAutoscaler>().FirstOrDefault(scaler => scaler.Spec.ScaleTargetRef.Kind == pod.Owner.Kind && scaler.Spec.ScaleTargetRef.Name == pod.Owner.Name);

    private static int? Replicas(Pod pod) => pod.Owner.Body switch { V1Deployment deployment => deployment.Spec.Replicas, V1StatefulSet set => set.Spec.Replicas, _ => null };

    private static int Most(RenderedObjects objects, Pod pod) => Scaler(objects, pod)?.Spec.MaxReplicas ?? Replicas(pod) ?? 1;
}
