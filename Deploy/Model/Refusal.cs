using Platform.Deploy.Manifests;

namespace Platform.Deploy.Model;

/// <summary>Says which resources have no counterpart in the target.</summary>
internal static class Refusal
{
    /// <summary>Null: it can be deployed.</summary>
    public static Standing.Refused? Of(ManifestResource resource, MountedFiles files) => resource switch
    {
        ManifestResource.Failed failed => new($"has no form in the manifest: {WithStop(failed.Error)}", null),
        ManifestResource.Foreign foreign => new(OfType(foreign.Type), null),
        ManifestResource.Workload { Source: WorkloadSource.Executable executable } => new(
            $"is a process of the developer's machine ('{executable.Command}') and has no image.",
            $"Give it a Dockerfile in the AppHost, with PublishAsDockerFile()"),
        ManifestResource.Workload workload => OfMounts(workload, files),
        _ => null,
    };

    private static string OfType(string type) => type switch
    {
        _ when type.StartsWith("azure.", StringComparison.OrdinalIgnoreCase) => "is made by Azure, and has no counterpart in AWS that the manifest could tell.",
        _ when type.StartsWith("dapr.", StringComparison.OrdinalIgnoreCase) => "needs Dapr, which is not part of the cluster.",
        _ when type.StartsWith("aws.cloudformation.", StringComparison.OrdinalIgnoreCase) => "is a CloudFormation stack of its own, which is deployed apart.",
        _ => $"is of the type '{type}', which is not known here.",
    };

    private static Standing.Refused? OfMounts(ManifestResource.Workload workload, MountedFiles files)
    {
        foreach (var mount in workload.BindMounts)
        {
            if (files.Sources.TryGetValue(mount.Source, out var source) && source is MountedSource.Unreadable unreadable)
            {
                return new Standing.Refused($"mounts '{mount.Source}', which {WithStop(unreadable.Reason)}", unreadable.Cure.TrimEnd('.'));
            }
        }

        return null;
    }

    private static string WithStop(string sentence) => sentence.TrimEnd('.') + '.';
}
