using System.Collections.Immutable;

namespace Platform.Deploy.Images;

/// <summary>The sources of an application's images.</summary>
/// <param name="Git">The checkout; null where the sources are in none.</param>
/// <param name="Root">Absolute path of the checkout, or of what holds all sources.</param>
internal sealed record SourceTree(GitSource? Git, string Root)
{
    /// <summary>Looks for the checkout.</summary>
    public static async Task<SourceTree> FindAsync(ImageOrder order, CancellationToken cancellationToken)
    {
        var git = await GitSource.FindAsync(order.Folder, cancellationToken);
        return new SourceTree(git, git?.Root ?? CommonFolder(order.Images.Select(order.PathOf).Append(order.Folder)));
    }

    /// <summary>The last commit that changed any of some paths; null outside of a repository.</summary>
    /// <param name="paths">Absolute; those outside of the checkout are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SourceRevision?> RevisionAsync(ImmutableArray<string> paths, CancellationToken cancellationToken) =>
        Git is null ? null : await Git.RevisionAsync([.. paths.Select(Relative).OfType<string>()], cancellationToken);

    /// <summary>What an image of a revision is called.</summary>
    /// <param name="resource">Name of the resource.</param>
    /// <param name="revision">Of its sources.</param>
    /// <param name="version">Where no tag of the repository says one.</param>
    /// <param name="gitHubRepository"><c>owner/name</c>; null takes the checkout's origin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImageIdentity> IdentityAsync(string resource, SourceRevision? revision, string version, string? gitHubRepository, CancellationToken cancellationToken)
    {
        var tagged = Git is null || revision is null ? null : await Git.VersionAsync(revision.Commit, cancellationToken);
        return new ImageIdentity(resource, tagged ?? version, gitHubRepository is null ? Git?.Origin : $"https://github.com/{gitHubRepository}", revision);
    }

    /// <summary>With <c>/</c>, from the root; null for what is not below it.</summary>
    public string? Relative(string path)
    {
        var relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    private static string CommonFolder(IEnumerable<string> folders)
    {
        var all = folders.Select(folder => folder.Split(Path.DirectorySeparatorChar)).ToList();
        var common = all[0].TakeWhile((part, i) => all.TrueForAll(parts => i < parts.Length && parts[i] == part));
        return string.Join(Path.DirectorySeparatorChar, common) is { Length: > 0 } folder ? folder : Path.DirectorySeparatorChar.ToString();
    }
}
