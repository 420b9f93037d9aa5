namespace Platform.Deploy.Manifests;

/// <summary>
/// The file that an AppHost writes to, in <c>obj/platform</c> of its project. The folder is always the same, so that paths into it are; the name never, so that two
/// runs are not in each other's way.
/// </summary>
internal sealed class ManifestFile
{
    private const string Pattern = "manifest-*.json";

    // No run takes as long: what is older was left by one that was killed.
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private ManifestFile(string folder)
    {
        Folder = folder;
        FullPath = Path.Combine(folder, Pattern.Replace("*", $"{Guid.NewGuid():N}", StringComparison.Ordinal));
    }

    public string Folder { get; }

    public string FullPath { get; }

    public static ManifestFile In(string projectFolder, TimeProvider time)
    {
        var folder = Directory.CreateDirectory(Path.Combine(projectFolder, "obj", "platform"));
        foreach (var old in folder.EnumerateFiles(Pattern).Where(file => time.GetUtcNow() - file.LastWriteTimeUtc > Forgotten))
        {
            old.Delete();
        }

        return new ManifestFile(folder.FullName);
    }

    /// <summary>Leaves nothing, but what the AppHost put beside its manifest and the manifest names.</summary>
    public void Delete()
    {
        File.Delete(FullPath);
        try
        {
            Directory.Delete(Folder);
        }
        catch (IOException)
        {
            // Not empty: Dockerfiles that Aspire made, or the file of another run.
        }
    }
}
