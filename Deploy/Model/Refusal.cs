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
        _ when type.StartsWith("azure.", StringComparison.OrdinalIgnoreCase) => $"is a resource of Azure ({type}), which cannot be made in AWS.",
        _ when type.StartsWith("dapr.", StringComparison.OrdinalIgnoreCase) => $"is a part of Dapr ({type}), which the cluster does not have.",
        _ when type.StartsWith("aws.cloudformation.", StringComparison.OrdinalIgnoreCase) => $"is a CloudFormation template of its own ({type}), which is deployed apart.",
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
