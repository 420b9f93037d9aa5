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

    /// <summary>Packed layers of one image.</summary>
    public string Layers(string label) => Path.Combine(Folder, "layers", label);

    /// <summary>Takes the folder until it is disposed of: from the build to the end of the push.</summary>
    /// <exception cref="DeployException">Another build uses it, or it cannot be written.</exception>
    public static async Task<ImageWorkspace> OpenAsync(ImageOrder order, CancellationToken cancellationToken)
    {
        var git = await GitSource.FindAsync(order.Folder, cancellationToken);
        return Open(git, git?.Root ?? CommonFolder(order.Images.Select(order.PathOf).Append(order.Folder)));
    }

    public void Dispose() => _lock.Dispose();

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
