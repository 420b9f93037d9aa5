using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Settings;
using KubernetesObject = Platform.Deploy.KubernetesObjects.KubernetesObject;

namespace Platform.Deploy.Tests.Security;

/// <summary>That the rules find what they are about: a good object is made bad in one place.</summary>
public sealed class KubernetesRulesTests
{
    [Theory]
    [InlineData("spec.template.spec.hostPID", "true", "C-0038 CIS-EKS-4.2.2 KSV-0010 PSS-HostNamespaces polaris/hostPIDSet")]
    [InlineData("spec.template.spec.hostIPC", "true", "CIS-EKS-4.2.3 KSV-0008 PSS-HostNamespaces polaris/hostIPCSet")]
    [InlineData("spec.template.spec.hostNetwork", "true", "C-0041 CIS-EKS-4.2.4 KSV-0009 PSS-HostNamespaces polaris/hostNetworkSet")]
    [InlineData("spec.template.spec.automountServiceAccountToken", "null", "C-0034 C-0261 CIS-EKS-4.1.6 KSV-0036 polaris/automountServiceAccountToken")]
    [InlineData("spec.template.spec.serviceAccountName", "\"default\"", "CIS-EKS-4.1.5 CIS-EKS-5.2.1")]
    [InlineData("spec.template.spec.priorityClassName", "null", "polaris/priorityClassNotSet")]
    [InlineData("spec.template.spec.affinity.podAntiAffinity", "null", "kube-score/deployment-has-host-podantiaffinity")]
    [InlineData("spec.template.spec.topologySpreadConstraints", "null", "kube-score/pod-topology-spread-constraints polaris/topologySpreadConstraint")]
    [InlineData("spec.template.spec.securityContext.runAsNonRoot", "null", "C-0013 KSV-0012 PSS-RunAsNonRoot polaris/runAsRootAllowed")]
    [InlineData("spec.template.spec.securityContext.runAsUser", "0", "PSS-RunAsUser")]
    [InlineData("spec.template.spec.securityContext.seccompProfile.type", "\"Unconfined\"", "C-0055 C-0211 KSV-0118 PSS-Seccomp polaris/linuxHardening")]
    [InlineData("spec.template.spec.securityContext.sysctls", "[{\"name\":\"a\",\"value\":\"b\"}]", "PSS-Sysctls")]
    [InlineData("spec.template.spec.volumes.0.hostPath", "{\"path\":\"/\"}", "KSV-0006 KSV-0023 KSV-0121 PSS-HostPath PSS-Volumes polaris/hostPathSet")]
    [InlineData("spec.template.spec.containers.0.securityContext.privileged", "true", "C-0057 CIS-EKS-4.2.1 KSV-0017 PSS-Privileged kube-score/container-security-context-privileged polaris/runAsPrivileged")]
    [InlineData("spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation", "null", "C-0016 CIS-EKS-4.2.5 KSV-0001 PSS-PrivilegeEscalation polaris/privilegeEscalationAllowed")]
    [InlineData("spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem", "false", "C-0017 KSV-0014 kube-score/container-security-context-readonlyrootfilesystem polaris/notReadOnlyRootFilesystem")]
    [InlineData("spec.template.spec.containers.0.securityContext.procMount", "\"Unmasked\"", "KSV-0027 PSS-ProcMount polaris/procMount")]
    [InlineData(
        "spec.template.spec.containers.0.securityContext.capabilities.add",
        "[\"NET_RAW\"]",
        "C-0046 KSV-0003 KSV-0004 KSV-0005 KSV-0106 KSV-0119 KSV-0120 KSV-0122 KSV-0123 PSS-Capabilities polaris/dangerousCapabilities polaris/insecureCapabilities")]
    [InlineData("spec.template.spec.containers.0.securityContext.appArmorProfile", "{\"type\":\"Unconfined\"}", "PSS-AppArmor PSS-SELinux")]
    [InlineData("spec.template.spec.containers.0.ports.0.hostPort", "80", "C-0044 KSV-0024 PSS-HostPorts polaris/hostPortSet")]
    [InlineData("spec.template.spec.containers.0.ports.0.containerPort", "80", "KSV-0117")]
    [InlineData("spec.template.spec.containers.0.image", "\"redis\"", "CIS-EKS-5.1.4 KSV-0013 kube-score/container-image-tag polaris/tagNotSpecified")]
    [InlineData("spec.template.spec.containers.0.imagePullPolicy", "\"IfNotPresent\"", "kube-score/container-image-pull-policy polaris/pullPolicyNotAlways")]
    [InlineData("spec.template.spec.containers.0.resources.limits.cpu", "null", "C-0270 KSV-0011 kube-score/container-resources polaris/cpuLimitsMissing")]
    [InlineData("spec.template.spec.containers.0.resources.limits.memory", "null", "C-0271 KSV-0018 kube-score/container-resources polaris/memoryLimitsMissing")]
    [InlineData("spec.template.spec.containers.0.resources.requests.cpu", "null", "KSV-0015 kube-score/container-resources polaris/cpuRequestsMissing")]
    [InlineData("spec.template.spec.containers.0.resources.requests.memory", "null", "KSV-0016 kube-score/container-resources polaris/memoryRequestsMissing")]
    [InlineData("spec.template.spec.containers.0.resources.requests.ephemeral-storage", "null", "kube-score/container-ephemeral-storage-request-and-limit")]
    [InlineData("spec.template.spec.containers.0.readinessProbe", "null", "polaris/readinessProbeMissing")]
    [InlineData("spec.template.spec.containers.0.livenessProbe", "null", "polaris/livenessProbeMissing")]
    [InlineData("spec.template.spec.containers.0.livenessProbe.httpGet.path", "\"/health\"", "kube-score/pod-probes")]
    [InlineData("spec.template.spec.containers.0.env.0", "{\"name\":\"DB_PASSWORD\",\"value\":\"x\"}", "C-0012 KSV-0109 polaris/sensitiveConfigmapContent polaris/sensitiveContainerEnvVar")]
    [InlineData("spec.replicas", "3", "kube-score/deployment-targeted-by-hpa-does-not-have-replicas")]
    [InlineData("metadata.namespace", "\"default\"", "C-0030 C-0260 CIS-EKS-4.3.2 CIS-EKS-4.5.1 CIS-EKS-4.5.2 KSV-0110 kube-score/deployment-has-poddisruptionbudget kube-score/networkpolicy-targets-pod kube-score/pod-networkpolicy kube-score/service-targets-pod polaris/missingNetworkPolicy polaris/missingPodDisruptionBudget")]
    public void A_bad_deployment_is_found(string path, string value, string rules)
    {
        var good = ObjectRenderer.Render(Sample.Model(Profile.Production)).Objects;
        var usual = Findings(good);

        var found = Findings([.. good.Select(item => item is { Kind: "Deployment", Name: "web" } ? item with { Body = Changed(item.Body, path, value) } : item)]);

        Assert.Equal(rules, string.Join(' ', found.Except(usual).Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("NetworkPolicy/default-deny", "C-0054 CIS-EKS-5.4.4")]
    [InlineData("ConfigMap/amazon-vpc-cni", "CIS-EKS-4.3.1")]
    [InlineData("PodDisruptionBudget/web", "kube-score/deployment-has-poddisruptionbudget polaris/missingPodDisruptionBudget")]
    [InlineData("Service/db--headless", "kube-score/statefulset-has-servicename")]
    [InlineData("Service/web", "kube-score/ingress-targets-service")]
    public void A_missing_object_is_found(string missing, string rules)
    {
        var good = ObjectRenderer.Render(Sample.Model(Profile.Production)).Objects;
        var usual = Findings(good);

        var found = Findings([.. good.Where(item => $"{item.Kind}/{item.Name}" != missing)]);

        Assert.Equal(rules, string.Join(' ', found.Except(usual).Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)));
    }

    private static HashSet<(string Rule, string Resource)> Findings(IReadOnlyList<KubernetesObject> objects)
    {
        var rendered = new RenderedObjects(objects);
        return [.. KubernetesRules.OverObjects.SelectMany(rule => rule.Check(rendered).SelectMany(finding => rule.Ids.Select(id => (id, finding.Resource))))];
    }

    private static V1Deployment Changed(IKubernetesObject<V1ObjectMeta> body, string path, string value)
    {
        var json = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ObjectJson.Default))!;
        string[] names = path.Split('.');
        var parent = names[..^1].Aggregate(json, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        if (int.TryParse(names[^1], out var position))
        {
            parent[position] = JsonNode.Parse(value);
        }
        else if (value == "null")
        {
            parent.AsObject().Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        return KubernetesJson.Deserialize<V1Deployment>(json.ToJsonString());
    }
}
