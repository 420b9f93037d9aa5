using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A layer as people list archives.</summary>
internal static class PackedTree
{
    /// <summary>One line an entry: kind and mode, owner, time, path.</summary>
    public static string Of(string layer)
    {
        using var file = File.OpenRead(layer);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        var text = new StringBuilder();
        while (tar.GetNextEntry() is { } entry)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Kind(entry.EntryType)} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {Time(entry)} {entry.Name}\n");
        }

        return text.ToString();
    }

    /// <summary>All bytes of the archive, each a character.</summary>
    public static string ContentOf(string layer)
    {
        using var file = File.OpenRead(layer);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var text = new StreamReader(plain, Encoding.Latin1);
        return text.ReadToEnd();
    }

    // Made of the content: which second of these years it is says nothing.
    private static string Time(TarEntry entry) => entry.EntryType == TarEntryType.RegularFile && entry.ModificationTime.Year is >= 2000 and <= 2008 ? "200x" : $"{entry.ModificationTime:yyyy-MM-dd}";

    private static string Kind(TarEntryType type) => type switch { TarEntryType.Directory => "folder", TarEntryType.SymbolicLink => "link", _ => "file" };
}
