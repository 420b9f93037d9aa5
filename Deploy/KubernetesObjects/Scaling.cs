using k8s;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>How many pods a workload has: under load, and while nodes are replaced.</summary>
internal static class Scaling
{
    /// <summary>Whether an autoscaler sets the number of its pods.</summary>
    public static bool IsAutomatic(Workload workload) => workload.Kind != WorkloadKind.Job && !workload.ExplicitStart && workload.Scaling.Max > workload.Scaling.Min;

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context, Workload workload)
    {
        if (workload.Kind == WorkloadKind.Job)
        {
            yield break;
        }

        yield return DisruptionBudget(context, workload);
        if (IsAutomatic(workload))
        {
            yield return Autoscaler(context, workload);
        }
    }

    // Never 0, and never as many available as there are: then no node could be replaced, which Auto Mode does every few weeks.
    private static V1PodDisruptionBudget DisruptionBudget(ObjectContext context, Workload workload) => new()
    {
        ApiVersion = "policy/v1",
        Kind = "PodDisruptionBudget",
        Metadata = context.Metadata(workload.Name, Labels.Of(context, workload)),
        Spec = new V1PodDisruptionBudgetSpec
        {
            MaxUnavailable = 1,
            Selector = new V1LabelSelector { MatchLabels = Labels.Selector(workload.Name) },
            // A pod that is not ready serves nobody; but one with data may be the last that has it.
            UnhealthyPodEvictionPolicy = workload.Kind == WorkloadKind.Stateful ? "IfHealthyBudget" : "AlwaysAllow",
        },
    };

    private static V2HorizontalPodAutoscaler Autoscaler(ObjectContext context, Workload workload) => new()
    {
        ApiVersion = "autoscaling/v2",
        Kind = "HorizontalPodAutoscaler",
        Metadata = context.Metadata(workload.Name, Labels.Of(context, workload)),
        Spec = new V2HorizontalPodAutoscalerSpec
        {
            ScaleTargetRef = new V2CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = workload.Kind == WorkloadKind.Stateful ? "StatefulSet" : "Deployment", Name = workload.Name },
            MinReplicas = workload.Scaling.Min,
            MaxReplicas = workload.Scaling.Max,
            // No memory: .NET keeps what it once took until the limit is near, so that more pods would not lower it, and fewer would never come.
            Metrics =
            [
                new V2MetricSpec
                {
                    Type = "Resource",
                    Resource = new V2ResourceMetricSource { Name = "cpu", Target = new V2MetricTarget { Type = "Utilization", AverageUtilization = workload.Scaling.TargetCpuPercent } },
                },
            ],
            Behavior = new V2HorizontalPodAutoscalerBehavior
            {
                ScaleUp = new V2HPAScalingRules
                {
                    StabilizationWindowSeconds = 0,
                    SelectPolicy = "Max",
                    Policies =
                    [
                        new V2HPAScalingPolicy { Type = "Percent", Value = 100, PeriodSeconds = 15 },
                        new V2HPAScalingPolicy { Type = "Pods", Value = 4, PeriodSeconds = 15 },
                    ],
                },
                ScaleDown = new V2HPAScalingRules
                {
                    StabilizationWindowSeconds = 300,
                    Policies = [new V2HPAScalingPolicy { Type = "Percent", Value = 20, PeriodSeconds = 60 }],
                },
            },
        },
    };
}
