using System.Text.Json;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>
/// The Argo CD <c>Application</c> of an environment: it follows the overlay in a git repository. Waves and hooks are annotations of the objects.
/// </summary>
internal static class ArgoCdFile
{
    private const string UnknownRepository = "https://git.example.com/OWNER/REPOSITORY.git";

    public static Artifact Of(DeploymentModel model) => new($"argocd/{model.Settings.Environment}.yaml", () => JsonText.Yaml(json =>
    {
        var settings = model.Settings;
        json.WriteStartObject();
        json.WriteString("apiVersion", "argoproj.io/v1alpha1");
        json.WriteString("kind", "Application");
        json.WriteStartObject("metadata");
        json.WriteString("name", model.Names.Prefix);
        json.WriteString("namespace", "argocd");
        json.WriteStartObject("labels");
        json.WriteString("app.kubernetes.io/part-of", model.Names.Application);
        json.WriteString("app.kubernetes.io/managed-by", Names.ManagedBy);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteString("project", "default");
        json.WriteStartObject("source");
        json.WriteString("repoURL", settings.GitOps.Repository ?? (settings.GitHub.Repository is { } repository ? $"https://github.com/{repository}.git" : UnknownRepository));
        json.WriteString("targetRevision", settings.GitOps.Revision);
        json.WriteString("path", $"{settings.GitOps.Path.Trim('/')}/{KustomizeFiles.Overlay(settings.Environment)}");
        json.WriteEndObject();
        json.WriteStartObject("destination");
        json.WriteString("server", "https://kubernetes.default.svc");
        json.WriteString("namespace", settings.Namespace);
        json.WriteEndObject();
        json.WriteStartObject("syncPolicy");
        if (settings.GitOps.AutoSync)
        {
            json.WriteStartObject("automated");
            json.WriteBoolean("prune", true);
            json.WriteBoolean("selfHeal", true);
            json.WriteEndObject();
        }

        var scaled = model.Workloads.Where(Scaling.IsAutomatic).ToList();
        json.WriteTexts("syncOptions", scaled.Count == 0 ? ["ServerSideApply=true", "PruneLast=true"] : ["ServerSideApply=true", "RespectIgnoreDifferences=true", "PruneLast=true"]);
        json.WriteStartObject("retry");
        json.WriteNumber("limit", 5);
        json.WriteStartObject("backoff");
        json.WriteString("duration", "10s");
        json.WriteNumber("factor", 2);
        json.WriteString("maxDuration", "3m");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();

        WriteScaled(json, scaled);
        json.WriteEndObject();
        json.WriteEndObject();
    }));

    // Of these alone an autoscaler owns the number of pods: of all others somebody who changed it by hand is set right.
    private static void WriteScaled(Utf8JsonWriter json, List<Workload> scaled)
    {
        if (scaled.Count == 0)
        {
            return;
        }

        json.WriteStartArray("ignoreDifferences");
        foreach (var workload in scaled)
        {
            json.WriteStartObject();
            json.WriteString("group", "apps");
            json.WriteString("kind", workload.Kind == WorkloadKind.Stateful ? "StatefulSet" : "Deployment");
            json.WriteString("name", workload.Name);
            json.WriteTexts("jsonPointers", ["/spec/replicas"]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
