using System.Collections.Immutable;

namespace Platform.Deploy.Rendering;

/// <summary>All files of a rendering, sorted by path (ordinal), each path once.</summary>
internal sealed class ArtifactTree
{
    private ArtifactTree(ImmutableArray<Artifact> files) => Files = files;

    public ImmutableArray<Artifact> Files { get; }

    /// <exception cref="InvalidOperationException">Two files have one path, also where case does not count, as on Windows and macOS.</exception>
    public static ArtifactTree Of(IEnumerable<Artifact> files)
    {
        var sorted = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToImmutableArray();
        var seen = new HashSet<string>(sorted.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var file in sorted)
        {
            if (!seen.Add(file.Path))
            {
                throw new InvalidOperationException($"Two files are called {file.Path}.");
            }
        }

        return new ArtifactTree(sorted);
    }
}
