using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// The folder that builds of images write to: <c>artifacts/images</c> below the checkout. All of it can be deleted at any time. One build at a
/// time uses it.
/// </summary>
internal sealed class ImageWorkspace : IDisposable
{
    private readonly FileStream _lock;

    private ImageWorkspace(SourceTree sources, string folder, FileStream held)
    {
        Sources = sources;
        Folder = folder;
        _lock = held;
    }

    public SourceTree Sources { get; }

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

        return Open(await SourceTree.FindAsync(order, cancellationToken));
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Where the workspace of sources is.</summary>
    /// <param name="root">See <see cref="SourceTree.Root"/>.</param>
    public static string FolderOf(string root) => Path.Combine(root, "artifacts", "images");

    private static ImageWorkspace Open(SourceTree sources)
    {
        var folder = FolderOf(sources.Root);
        try
        {
            Directory.CreateDirectory(folder);
            var held = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Wherever the checkout is, what is in here is no change to it.
            File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
            return new ImageWorkspace(sources, folder, held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([Oci.FullDisk.Is(failure) ? ImageProblems.DiskFull(folder) : ImageProblems.WorkspaceBusy(folder, failure.Message)], failure);
        }
    }
}
