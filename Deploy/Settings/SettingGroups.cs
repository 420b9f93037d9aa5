using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>The groups of the settings file, for editors and the page of settings.</summary>
internal static class SettingGroups
{
    /// <summary>Meaning by key.</summary>
    public static readonly ImmutableDictionary<string, string> Meanings = ImmutableDictionary.CreateRange<string, string>(
        StringComparer.Ordinal,
        [
            new("tags", "Further tags of every AWS resource of the environment, beside app, env, managed-by. What environments share has app and managed-by alone."),
            new("network", "The VPC, made or found."),
            new("network.existing", "A VPC that somebody else keeps; subnets stand in the order of the zones. Left out: the tool makes the network."),
            new("cluster", "The EKS cluster, made or found."),
            new("cluster.existing", "A cluster that somebody else keeps. Left out: the tool makes the cluster."),
            new("registry", "Where images are kept."),
            new("edge", "How visitors come in."),
            new("operations", "Who watches and who pays."),
            new("gitHub", "The repository whose workflows may plan and deploy."),
            new("gitOps", "Argo CD."),
            new("images", "How images are made and named."),
            new("parameters", "Values of plain parameters of the manifest. A secret has no place here: it is put into the target by name."),
            new("resources", "By name of the manifest's resource. What is said here wins over the manifest's hints."),
            new("resources.*", "One resource."),
            new("resources.*.substitute", "What stands in for a resource that is not deployed: one of the two."),
            new("resources.*.replicas", "Number of pods. Equal ends: no autoscaling."),
            new("resources.*.size", "Requests and limits of one pod."),
            new("resources.*.startup", "Has it started? The other probes wait for it. With path, port or disabled; takes the place of the hint."),
            new("resources.*.readiness", "Does it get requests? With path, port or disabled; takes the place of the hint."),
            new("resources.*.liveness", "Is it restarted? With path, port or disabled; takes the place of the hint."),
            new("resources.*.env", "Plain environment variables, over those of the manifest."),
        ]);
}
