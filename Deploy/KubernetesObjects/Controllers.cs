using System.Collections.Immutable;
using System.Text.Json;
using k8s;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What starts the pods of a workload: a Deployment, a StatefulSet or a Job.</summary>
internal static class Controllers
{
    private const int JobDeadlineSeconds = 3600;
    private const int JobRetries = 3;

    public static IKubernetesObject<V1ObjectMeta> Of(ObjectContext context, Workload workload, PodEnvironment environment)
    {
        var volumes = PodVolumes.Of(context, workload);
        var template = PodTemplates.Of(context, workload, environment, volumes);
        return workload.Kind switch
        {
            WorkloadKind.Stateless => Deployment(context, workload, template),
            WorkloadKind.Stateful => StatefulSet(context, workload, template, volumes),
            WorkloadKind.Job => Job(context, workload, template),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Of the Service that gives the pods of a StatefulSet their names.</summary>
    public static string HeadlessName(Workload workload) => Names.Part(workload.Name, "headless");

    private static V1Deployment Deployment(ObjectContext context, Workload workload, V1PodTemplateSpec template) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = Metadata(context, workload, workload.Name),
        Spec = new V1DeploymentSpec
        {
            Replicas = Replicas(workload),
            RevisionHistoryLimit = context.Values.RevisionHistoryLimit,
            ProgressDeadlineSeconds = context.Values.ProgressDeadlineSeconds,
            MinReadySeconds = context.Values.MinReadySeconds == 0 ? null : context.Values.MinReadySeconds,
            Selector = new V1LabelSelector { MatchLabels = Labels.Selector(workload.Name) },
            Strategy = new V1DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = context.Values.MaxSurge, MaxUnavailable = 0 } },
            Template = template,
        },
    };

    private static V1StatefulSet StatefulSet(ObjectContext context, Workload workload, V1PodTemplateSpec template, PodVolumes volumes) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "StatefulSet",
        Metadata = Metadata(context, workload, workload.Name),
        Spec = new V1StatefulSetSpec
        {
            Replicas = Replicas(workload),
            ServiceName = HeadlessName(workload),
            RevisionHistoryLimit = context.Values.RevisionHistoryLimit,
            MinReadySeconds = context.Values.MinReadySeconds == 0 ? null : context.Values.MinReadySeconds,
            Selector = new V1LabelSelector { MatchLabels = Labels.Selector(workload.Name) },
            UpdateStrategy = new V1StatefulSetUpdateStrategy { Type = "RollingUpdate" },
            Template = template,
            VolumeClaimTemplates = volumes.Claims,
            PersistentVolumeClaimRetentionPolicy = new V1StatefulSetPersistentVolumeClaimRetentionPolicy
            {
                WhenDeleted = context.Settings.Profile == Profile.Dev ? "Delete" : "Retain",
                WhenScaled = "Retain",
            },
        },
    };

    private static V1Job Job(ObjectContext context, Workload workload, V1PodTemplateSpec template)
    {
        // The template of a job cannot change: what is different is another job, with another name.
        var metadata = Metadata(context, workload, Names.Label(workload.Name, Names.Hash(JsonSerializer.SerializeToUtf8Bytes(template, ObjectJson.Default.V1PodTemplateSpec))));

        // For Argo CD a job is a step of a sync and no object to keep: it runs anew each time, and is missed neither once it is done nor when its retention is over.
        metadata.Annotations = (metadata.Annotations as ImmutableSortedDictionary<string, string> ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal))
            .Add("argocd.argoproj.io/hook", "Sync")
            .Add("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation");
        return new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = "Job",
            Metadata = metadata,
            Spec = new V1JobSpec
            {
                Suspend = workload.ExplicitStart ? true : null,
                BackoffLimit = JobRetries,
                ActiveDeadlineSeconds = JobDeadlineSeconds,
                TtlSecondsAfterFinished = context.Values.JobRetentionSeconds,
                // A pod that was evicted with its node has not failed.
                PodFailurePolicy = new V1PodFailurePolicy
                {
                    Rules = [new V1PodFailurePolicyRule { Action = "Ignore", OnPodConditions = [new V1PodFailurePolicyOnPodConditionsPattern { Type = "DisruptionTarget", Status = "True" }] }],
                },
                Template = template,
            },
        };
    }

    // Where an autoscaler owns the number nobody else may say one.
    private static int? Replicas(Workload workload) => workload.ExplicitStart ? 0 : Scaling.IsAutomatic(workload) ? null : workload.Scaling.Min;

    private static V1ObjectMeta Metadata(ObjectContext context, Workload workload, string name)
    {
        var metadata = context.Metadata(name, Labels.Of(context, workload).SetItem("app.kubernetes.io/instance", name));
        metadata.Annotations = workload.Wave == 0 ? null : Labels.Pair("argocd.argoproj.io/sync-wave", workload.Wave.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return metadata;
    }
}
