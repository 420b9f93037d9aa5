using System.Collections.Immutable;
using Platform.Deploy.Problems;
using Platform.Deploy.Sources;

namespace Platform.Deploy.Manifests;

/// <summary>
/// Sees that everything that images are built from lies inside the root and is there: project files, Dockerfiles, their contexts, files of build secrets.
/// Rendering reads none of them, so it does not ask: a manifest can be rendered where its source is not.
/// </summary>
internal static class BuildPaths
{
    public static ImmutableArray<Problem> Check(Manifest manifest, SourceRoot root) =>
        [.. from workload in manifest.Resources.OfType<ManifestResource.Workload>()
            from path in PathsOf(workload)
            let problem = Check(root.Follow(manifest.Folder, path.Path), path.Subject, path.Path)
            where problem is not null
            select problem];

    private static Problem? Check(SourcePath found, string subject, string path) => found switch
    {
        SourcePath.Outside outside => SourceProblems.Outside(subject, Place.Shown(path), outside.Way),
        SourcePath.Missing => SourceProblems.Missing(subject, Place.Shown(path)),
        _ => null,
    };

    private static IEnumerable<(string Subject, string Path)> PathsOf(ManifestResource.Workload workload)
    {
        var place = Place.Top.Member("resources").Member(workload.Name);
        switch (workload.Source)
        {
            case WorkloadSource.Project project:
                yield return (place.ToString("path"), project.Path);
                break;
            case WorkloadSource.Build build:
                // The older form has no 'build'.
                var old = workload.Type == "dockerfile.v0";
                var at = old ? place : place.Member("build");
                yield return (at.ToString("context"), build.Context);
                yield return (at.ToString(old ? "path" : "dockerfile"), build.Dockerfile);
                foreach (var (name, secret) in build.Secrets)
                {
                    if (secret is BuildSecret.File file)
                    {
                        yield return (at.Member("secrets").Member(name).ToString("source"), file.Source);
                    }
                }

                break;
            default:
                break;
        }
    }
}
