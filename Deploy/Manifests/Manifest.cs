using System.Collections.Immutable;
using Platform.Deploy.Problems;
using Platform.Deploy.Sources;

namespace Platform.Deploy.Manifests;

/// <summary>An Aspire manifest as it was written, with nothing resolved.</summary>
/// <param name="Folder">Absolute path of the folder that every path of the manifest is relative to. What may be read at all is <see cref="SourceRoot"/>'s to say.</param>
/// <param name="Resources">In the order of the file; names are unique, also without regard to case.</param>
/// <param name="Hints">By resource. Every key is the name of a resource.</param>
internal sealed record Manifest(string Folder, ImmutableArray<ManifestResource> Resources, ImmutableSortedDictionary<string, ResourceHints> Hints)
{
    /// <summary>The same manifest, as if it had been written in another folder: every path leads where it did.</summary>
    /// <param name="folder">Absolute.</param>
    public Manifest MovedTo(string folder) => folder == Folder ? this : this with { Folder = folder, Resources = [.. Resources.Select(resource => Moved(resource, folder))] };

    private ManifestResource Moved(ManifestResource resource, string folder) => resource is not ManifestResource.Workload workload
        ? resource
        : workload with
        {
            Source = workload.Source switch
            {
                WorkloadSource.Project project => new WorkloadSource.Project(Moved(project.Path, folder)),
                WorkloadSource.Executable executable => executable with { WorkingDirectory = Moved(executable.WorkingDirectory, folder) },
                WorkloadSource.Build build => build with
                {
                    Context = Moved(build.Context, folder),
                    Dockerfile = Moved(build.Dockerfile, folder),
                    Secrets = build.Secrets.SetItems(build.Secrets
                        .Where(secret => secret.Value is BuildSecret.File)
                        .Select(secret => KeyValuePair.Create<string, BuildSecret>(secret.Key, new BuildSecret.File(Moved(((BuildSecret.File)secret.Value).Source, folder))))),
                },
                var source => source,
            },
            BindMounts = [.. workload.BindMounts.Select(mount => mount with { Source = Moved(mount.Source, folder) })],
        };

    private string Moved(string path, string folder) =>
        SourceRoot.IsAbsolute(path) ? path : Path.GetRelativePath(folder, Path.GetFullPath(path, Folder)).Replace('\\', '/');
}

/// <summary>What reading gave: all that could be understood, and every problem of the rest, so that later stages can add theirs.</summary>
internal sealed record ManifestReading(Manifest Manifest, ImmutableArray<Problem> Problems)
{
    /// <summary>What was ignored, and is no reason to stop: members that a newer Aspire writes, or that somebody misspelt.</summary>
    public ImmutableArray<ManifestNote> Notes { get; init; } = [];
}

/// <summary>Something worth telling that is no problem.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Subject">Where, such as <c>resources.web.bindngs</c>; the first place where there are several.</param>
internal sealed record ManifestNote(string Text, string Subject);
