using System.Runtime.CompilerServices;
using k8s.Models;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Security;

/// <summary>The objects of a model, as rules walk them.</summary>
internal sealed class RenderedObjects(IReadOnlyList<KubernetesObject> objects)
{
    private static readonly ConditionalWeakTable<DeploymentModel, RenderedObjects> Rendered = [];

    public IReadOnlyList<KubernetesObject> All { get; } = objects;

    public IReadOnlyList<Pod> Pods { get; } = [.. objects.Select(PodOf).OfType<Pod>()];

    public IEnumerable<(Pod Pod, V1Container Container)> Containers => Pods.SelectMany(pod => pod.Containers.Select(container => (pod, container)));

    public static RenderedObjects Of(DeploymentModel model) => Rendered.GetValue(model, static model => new RenderedObjects(ObjectRenderer.Render(model).Objects));

    public IEnumerable<T> OfType<T>() => All.Select(item => item.Body).OfType<T>();

    /// <summary>Whether a selector in a namespace picks the pod.</summary>
    public static bool Selects(IDictionary<string, string>? labels, string? ns, Pod pod) =>
        ns == pod.Namespace && (labels is null || labels.All(label => pod.Template.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value));

    private static Pod? PodOf(KubernetesObject item) => item.Body switch
    {
        V1Deployment deployment => new Pod(item, deployment.Spec.Template, deployment.Spec.Selector),
        V1StatefulSet set => new Pod(item, set.Spec.Template, set.Spec.Selector),
        V1Job job => new Pod(item, job.Spec.Template, Selector: null),
        _ => null,
    };
}

/// <param name="Owner">The Deployment, StatefulSet or Job.</param>
internal sealed record Pod(KubernetesObject Owner, V1PodTemplateSpec Template, V1LabelSelector? Selector)
{
    public V1PodSpec Spec => Template.Spec;

    public string? Namespace => Owner.Namespace;

    public string Resource => $"{Owner.Kind}/{(Owner.Kind == "Job" ? Owner.Workload : Owner.Name)}";

    public bool RunsOn => Owner.Kind != "Job";

    public IEnumerable<V1Container> Containers => [.. Spec.InitContainers ?? [], .. Spec.Containers];
}
