using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Rendering;

/// <summary>Compares a rendering with one that is on disk. Files that no rendering wrote are not looked at.</summary>
internal static class RenderingDiff
{
    /// <returns>Only what differs, sorted by path.</returns>
    /// <exception cref="DeployException">The folder holds no rendering, or none that can be read.</exception>
    public static ImmutableArray<ArtifactChange> Compare(string folder, string workingDirectory, ArtifactTree tree)
    {
        try
        {
            return Compare(folder, Path.GetFullPath(folder, workingDirectory), tree, new HashSet<string>(StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([RenderingProblems.CannotRead(folder, exception.Message)], exception);
        }
    }

    private static ImmutableArray<ArtifactChange> Compare(string folder, string root, ArtifactTree tree, HashSet<string> plain)
    {
        if ((Directory.Exists(root) ? OutputMarker.Read(root) : null) is not { } before)
        {
            throw new DeployException(RenderingProblems.NothingToCompareWith(folder));
        }

        // A link could lead to a file of somebody else, whose lines would be shown.
        foreach (var path in tree.Files.Select(file => file.Path).Concat(before))
        {
            RefuseLinks(folder, root, path, plain);
        }

        var after = tree.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var removed = before.Where(path => path != OutputMarker.FileName && !after.Contains(path))
            .Select(path => new ArtifactChange(path, ChangeKind.Removed, Resource: null, UnifiedDiff.Lines(Text(root, path), "")));
        return [.. tree.Files.Select(file => Change(root, file)).OfType<ArtifactChange>().Concat(removed).OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static void RefuseLinks(string folder, string root, string path, HashSet<string> plain)
    {
        for (var length = path.IndexOf('/', StringComparison.Ordinal); ; length = path.IndexOf('/', length + 1))
        {
            var part = length < 0 ? path : path[..length];
            if (plain.Add(part) && new FileInfo(Path.Combine(root, part)).LinkTarget is not null)
            {
                throw new DeployException(RenderingProblems.LinkInside(folder, path));
            }

            if (length < 0)
            {
                return;
            }
        }
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
