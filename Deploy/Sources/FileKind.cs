using System.Formats.Tar;

namespace Platform.Deploy.Sources;

/// <summary>What a path that is no link names.</summary>
internal enum FileKind
{
    File,
    Folder,

    /// <summary>A device, a socket, a pipe: opening it may have an effect, or never end.</summary>
    Special,
}

/// <summary>Tells files from what only looks like one.</summary>
internal static class FileKinds
{
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
        {
            return FileKind.Folder;
        }

        // Everything special has no length.
        return new FileInfo(path).Length == 0 && IsSpecial(path) ? FileKind.Special : FileKind.File;
    }

    // .NET tells the type of a file nowhere but in the entry of an archive, which is written without the file being opened; for a socket there is none.
    private static bool IsSpecial(string path)
    {
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true);
            writer.WriteEntry(path, "entry");
        }
        catch (IOException)
        {
            return true;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile);
    }
}
