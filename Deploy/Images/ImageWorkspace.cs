using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// The folder that builds of images write to: <c>artifacts/images</c> below the checkout. All of it can be deleted at any time. One build at a
/// time uses it.
/// </summary>
internal sealed class ImageWorkspace : IDisposable
{
    private readonly FileStream _lock;

    private ImageWorkspace(GitSource? git, string root, string folder, FileStream held)
    {
        Git = git;
        Root = root;
        Folder = folder;
        _lock = held;
    }

    /// <summary>The checkout; null where the sources are in none.</summary>
    public GitSource? Git { get; }

    /// <summary>Absolute path of the checkout, or of what holds all sources.</summary>
    public string Root { get; }

    public string Folder { get; }

    /// <summary>What the SDK writes: intermediate and published files.</summary>
    public string Builds => Path.Combine(Folder, "build");

    /// <summary>Manifests, configs and layers of bases, by their digest.</summary>
    public string Bases => Path.Combine(Folder, "bases");

    /// <summary>Blobs under way between two registries.</summary>
    public string Copies => Path.Combine(Folder, "copies");

    /// <summary>Images as files, on their way to an engine.</summary>
    public string Archives => Path.Combine(Folder, "loading");

    /// <summary>Packed layers of one image.</summary>
    public string Layers(string label) => Path.Combine(Folder, "layers", label);

    /// <summary>Takes the folder until it is disposed of: from the build to the end of the push.</summary>
    /// <exception cref="DeployException">Another build uses it, it cannot be written, or something of the sources may not be read.</exception>
    public static async Task<ImageWorkspace> OpenAsync(ImageOrder order, CancellationToken cancellationToken)
    {
        // Before anything is written: a path that leads out of the sources would take the folder with it.
        if (order.Refused.Length > 0)
        {
            throw new DeployException(order.Refused);
        }

        var git = await GitSource.FindAsync(order.Folder, cancellationToken);
        return Open(git, git?.Root ?? CommonFolder(order.Images.Select(order.PathOf).Append(order.Folder)));
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

    public void Dispose() => _lock.Dispose();

    private string? Relative(string path)
    {
        var relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    private static ImageWorkspace Open(GitSource? git, string root)
    {
        var folder = Path.Combine(root, "artifacts", "images");
        try
        {
            Directory.CreateDirectory(folder);
            var held = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Wherever the checkout is, what is in here is no change to it.
            File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
            return new ImageWorkspace(git, root, folder, held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([Oci.FullDisk.Is(failure) ? ImageProblems.DiskFull(folder) : ImageProblems.WorkspaceBusy(folder, failure.Message)], failure);
        }
    }

    private static string CommonFolder(IEnumerable<string> folders)
    {
        var all = folders.Select(folder => folder.Split(Path.DirectorySeparatorChar)).ToList();
        var common = all[0].TakeWhile((part, i) => all.TrueForAll(parts => i < parts.Length && parts[i] == part));
        return string.Join(Path.DirectorySeparatorChar, common) is { Length: > 0 } folder ? folder : Path.DirectorySeparatorChar.ToString();
    }
}
