using System.Globalization;
using k8s.Models;
using Platform.Deploy.Tests.Security;

namespace Platform.Deploy.Tests.KubernetesObjects;

/// <summary>How a pod leaves: the load balancer stops sending first, then the pod stops serving.</summary>
public sealed class DrainTests
{
    private const string Delay = "deregistration_delay.timeout_seconds=";

    public static TheoryData<string> AllVariants => ObjectRendererTests.AllVariants;

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void A_pod_serves_until_its_load_balancer_has_stopped_sending(string variant)
    {
        var objects = RenderedObjects.Of(Variants.All[variant]);

        var early = from service in objects.OfType<V1Service>()
                    from delay in Delays(service)
                    from pod in objects.Pods
                    where RenderedObjects.Selects(service.Spec.Selector, service.Metadata.NamespaceProperty, pod)
                    let serves = pod.Spec.Containers[0].Lifecycle?.PreStop?.Sleep?.Seconds ?? 0
                    where delay > serves || serves >= pod.Spec.TerminationGracePeriodSeconds
                    select $"{service.Metadata.Name} sends for {delay} s, {pod.Resource} serves for {serves} s";

        Assert.Empty(early);
    }

    private static IEnumerable<int> Delays(V1Service service) =>
        from annotation in service.Metadata.Annotations ?? new Dictionary<string, string>()
        where annotation.Key.EndsWith("target-group-attributes", StringComparison.Ordinal)
        from attribute in annotation.Value.Split(',')
        where attribute.StartsWith(Delay, StringComparison.Ordinal)
        select int.Parse(attribute[Delay.Length..], CultureInfo.InvariantCulture);
}
