using System.Collections.Immutable;
using Platform.Deploy.Sources;

namespace Platform.Deploy.Manifests;

/// <summary>What lies behind the bind mounts of a manifest.</summary>
/// <param name="Sources">By <see cref="ManifestBindMount.Source"/>, as written; every bind mount has its entry.</param>
internal sealed record MountedFiles(ImmutableSortedDictionary<string, MountedSource> Sources)
{
    /// <summary>Of an application without bind mounts.</summary>
    public static MountedFiles None { get; } = new(ImmutableSortedDictionary.Create<string, MountedSource>(StringComparer.Ordinal));

    /// <summary>Looks at the disk. What it cannot or may not read is <see cref="MountedSource.Unreadable"/>, so that the resource is refused rather than all.</summary>
    /// <param name="manifest">Whose bind mounts are read.</param>
    /// <param name="root">Outside of which nothing is read.</param>
    public static MountedFiles Read(Manifest manifest, SourceRoot root) => new(
        manifest.Resources.OfType<ManifestResource.Workload>()
            .SelectMany(workload => workload.BindMounts)
            .Select(mount => mount.Source)
            .Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(source => source, source => new MountReader(root).Read(manifest.Folder, source), StringComparer.Ordinal));
}

/// <summary>The source of one bind mount.</summary>
internal abstract record MountedSource
{
    private MountedSource()
    {
    }

    /// <summary>One file.</summary>
    public sealed record File(ImmutableArray<byte> Content) : MountedSource;

    /// <summary>A folder with all below it.</summary>
    /// <param name="Files">By path relative to the folder, with <c>/</c>; empty where the folder is.</param>
    public sealed record Folder(ImmutableSortedDictionary<string, ImmutableArray<byte>> Files) : MountedSource;

    /// <summary>Not to be had in the cluster: the resource is refused, with these words.</summary>
    /// <param name="Reason">Why, as the end of a sentence that names the mount: <c>lies outside of …</c>.</param>
    /// <param name="Cure">In the imperative.</param>
    public sealed record Unreadable(string Reason, string Cure) : MountedSource;
}
