using System.Collections.Immutable;
using k8s;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Makes all Kubernetes objects of an application in an environment.</summary>
internal static class ObjectRenderer
{
    public const string ClusterFile = "cluster.yaml";
    public const string NamespaceFile = "namespace.yaml";
    public const string IngressFile = "ingress.yaml";
    public const string OverprovisioningFile = "overprovisioning.yaml";

    public static ObjectRendering Render(DeploymentModel model)
    {
        var context = new ObjectContext(model);
        var objects = ImmutableArray.CreateBuilder<KubernetesObject>();
        objects.AddRange(ClusterPhase(context));
        objects.AddRange(ApplicationPhase(context));
        objects.Sort(ApplyOrder.Compare);
        var sorted = objects.ToImmutable();
        return new ObjectRendering(sorted, ClusterRequirements.Of(context), [.. ObjectProblems.Of(context, sorted)]);
    }

    /// <summary>One file a workload: a person who reviews a change sees all that it means for one service in one place.</summary>
    public static string WorkloadFile(Workload workload) => $"workloads/{workload.Name}.yaml";

    private static IEnumerable<KubernetesObject> ClusterPhase(ObjectContext context)
    {
        var nodes = Sorted(NodeObjects.LateValues(context));
        foreach (var body in NodeObjects.Of(context))
        {
            yield return new KubernetesObject(body, ClusterFile) { Phase = ObjectPhase.Cluster, LateValues = body is NodeClass ? nodes : [] };
        }

        foreach (var body in ClusterObjects.Of(context))
        {
            ImmutableArray<LateValue> late = body is V1StorageClass && ClusterObjects.HasStorageKey(context) ? [StackOutput.StorageKeyArn] : [];
            yield return new KubernetesObject(body, ClusterFile) { Phase = ObjectPhase.Cluster, LateValues = late };
        }

        var balancers = Sorted(IngressObjects.ClassLateValues(context));
        foreach (var body in IngressObjects.Class(context))
        {
            yield return new KubernetesObject(body, ClusterFile) { Phase = ObjectPhase.Cluster, LateValues = body is IngressClassParams ? balancers : [] };
        }

        foreach (var body in NamespaceObjects.Of(context).Concat(AccessObjects.Of(context)))
        {
            yield return new KubernetesObject(body, NamespaceFile) { Phase = ObjectPhase.Cluster };
        }
    }

    private static IEnumerable<KubernetesObject> ApplicationPhase(ObjectContext context)
    {
        foreach (var ingress in context.Model.Ingresses)
        {
            yield return new KubernetesObject(IngressObjects.Of(context, ingress), IngressFile)
            {
                Phase = ObjectPhase.Application,
                LateValues = Sorted(IngressObjects.LateValues(context, ingress)),
            };
        }

        foreach (var body in Overprovisioning.Of(context))
        {
            yield return new KubernetesObject(body, OverprovisioningFile) { Phase = ObjectPhase.Application };
        }

        foreach (var workload in context.Model.Workloads)
        {
            var environment = PodEnvironment.Of(context, workload);
            foreach (var body in OfWorkload(context, workload, environment))
            {
                yield return new KubernetesObject(body, WorkloadFile(workload))
                {
                    Phase = ObjectPhase.Application,
                    Wave = workload.Wave,
                    Workload = workload.Name,
                    LateValues = Sorted(body switch
                    {
                        V1ConfigMap when body.Metadata.Name == ConfigurationObjects.ConfigName(workload) => environment.ConfigLateValues(workload),
                        V1Deployment or V1StatefulSet or V1Job => environment.PodLateValues(workload),
                        V1Service { Spec.Type: "LoadBalancer" } => IngressObjects.ClassLateValues(context),
                        _ => [],
                    }),
                };
            }
        }
    }

    private static IEnumerable<IKubernetesObject<V1ObjectMeta>> OfWorkload(ObjectContext context, Workload workload, PodEnvironment environment)
    {
        yield return new V1ServiceAccount
        {
            ApiVersion = "v1",
            Kind = "ServiceAccount",
            Metadata = context.Metadata(workload.Name, Labels.Of(context, workload)),
            AutomountServiceAccountToken = false,
        };
        foreach (var body in ConfigurationObjects.Of(context, workload, environment).Concat(ServiceObjects.Of(context, workload)))
        {
            yield return body;
        }

        yield return FlowPolicies.Of(context, workload);
        yield return Controllers.Of(context, workload, environment);
        foreach (var body in Scaling.Of(context, workload))
        {
            yield return body;
        }
    }

    private static ImmutableArray<LateValue> Sorted(IEnumerable<LateValue> values)
    {
        var sorted = new SortedDictionary<string, LateValue>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            sorted.TryAdd(value.ToString(), value);
        }

        return sorted.Count == 0 ? [] : [.. sorted.Values];
    }
}
