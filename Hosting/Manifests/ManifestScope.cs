using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Manifests;

/// <summary>What is part of a manifest, and how it names files outside of itself.</summary>
internal static class ManifestScope
{
    /// <summary>Whether the manifest has an entry for a resource. An external service has none, as in Aspire: others hold its URL.</summary>
    public static bool Holds(IResource resource) => resource is not ExternalServiceResource && !resource.IsExcludedFromPublish();

    /// <summary>A path relative to the manifest, with slashes.</summary>
    /// <param name="manifestPath">Full path of the manifest.</param>
    /// <param name="path">A full path.</param>
    public static string RelativePath(string manifestPath, string path) =>
        Path.GetRelativePath(Path.GetDirectoryName(manifestPath) ?? ".", path).Replace('\\', '/');

    /// <summary>
    /// The source of a bind mount. A path that has nothing but the root in common with the manifest, such as <c>/var/run/docker.sock</c>, means that
    /// place on any machine and stays as it is.
    /// </summary>
    /// <param name="manifestPath">Full path of the manifest.</param>
    /// <param name="path">A full path.</param>
    public static string MountPath(string manifestPath, string path)
    {
        static string TopFolder(string full) =>
            full[(Path.GetPathRoot(full)?.Length ?? 0)..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[0];

        return TopFolder(manifestPath) == TopFolder(path) ? RelativePath(manifestPath, path) : path.Replace('\\', '/');
    }
}
