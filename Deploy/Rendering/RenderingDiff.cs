using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Rendering;

/// <summary>Compares a rendering with one that is on disk. Files that no rendering wrote are not looked at.</summary>
internal static class RenderingDiff
{
    /// <returns>Only what differs, sorted by path.</returns>
    /// <exception cref="DeployException">The folder holds no rendering.</exception>
    public static ImmutableArray<ArtifactChange> Compare(string folder, string workingDirectory, ArtifactTree tree)
    {
        var root = Path.GetFullPath(folder, workingDirectory);
        if ((Directory.Exists(root) ? OutputMarker.Read(root) : null) is not { } before)
        {
            throw new DeployException(RenderingProblems.NothingToCompareWith(folder));
        }

        var after = tree.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var removed = before.Where(path => path != OutputMarker.FileName && !after.Contains(path))
            .Select(path => new ArtifactChange(path, ChangeKind.Removed, Resource: null, UnifiedDiff.Lines(Text(root, path), "")));
        return [.. tree.Files.Select(file => Change(root, file)).OfType<ArtifactChange>().Concat(removed).OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static ArtifactChange? Change(string root, Artifact file)
    {
        var path = Path.Combine(root, file.Path);
        if (!File.Exists(path))
        {
            return new ArtifactChange(file.Path, ChangeKind.Added, file.Resource, UnifiedDiff.Lines("", Encoding.UTF8.GetString(file.Write().Span)));
        }

        var (before, after) = (File.ReadAllBytes(path), file.Write());
        return after.Span.SequenceEqual(before)
            ? null
            : new ArtifactChange(file.Path, ChangeKind.Changed, file.Resource, UnifiedDiff.Lines(Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(after.Span)));
    }

    private static string Text(string root, string path)
    {
        var file = Path.Combine(root, path);
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }
}
