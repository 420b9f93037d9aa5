using System.Collections.Immutable;

namespace Platform.Deploy.Rendering;

/// <summary>How one file differs from the last rendering.</summary>
/// <param name="Path">Relative to the output folder.</param>
/// <param name="Resource"><see cref="Artifact.Resource"/>; null for a file that is no longer rendered.</param>
/// <param name="Lines">The difference as a unified diff, without the lines that name the file.</param>
internal sealed record ArtifactChange(string Path, ChangeKind Kind, string? Resource, ImmutableArray<string> Lines);

internal enum ChangeKind
{
    Added,
    Changed,
    Removed,
}
