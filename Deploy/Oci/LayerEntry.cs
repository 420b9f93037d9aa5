using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Platform.Deploy.Oci;

/// <summary>Something that a layer puts into the file system. Everything belongs to root: who runs the image can change none of it.</summary>
/// <param name="Path">From the root, with <c>/</c> and without a leading one.</param>
internal abstract record LayerEntry(string Path)
{
    /// <summary>The time of all that has no content.</summary>
    public static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public sealed record Folder(string Path) : LayerEntry(Path);

    /// <param name="Source">Where its content is on this machine.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="Content">Hash of the content.</param>
    public sealed record File(string Path, string Source, long Size, Digest Content, bool Executable) : LayerEntry(Path)
    {
        private const int TimeBits = 28;

        /// <summary>
        /// When it is said to have been written, made of its content. Servers make ETag and Last-Modified of a file's time and length: with one time for
        /// all files a browser would keep an old style sheet after a change of equal length.
        /// </summary>
        public DateTimeOffset Time => Beginning.AddSeconds(Convert.ToUInt32(Content.Hex[..8], 16) & ((1 << TimeBits) - 1));
    }

    /// <param name="Target">As the link holds it.</param>
    public sealed record Link(string Path, string Target) : LayerEntry(Path);

    /// <summary>Sorted by path, with every parent folder: the one order in which a set of entries is packed.</summary>
    public static ImmutableArray<LayerEntry> Complete(IEnumerable<LayerEntry> entries)
    {
        var byPath = new SortedDictionary<string, LayerEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            byPath[entry.Path] = entry;
            for (var slash = entry.Path.LastIndexOf('/'); slash > 0; slash = entry.Path.LastIndexOf('/', slash - 1))
            {
                var parent = entry.Path[..slash];
                if (!byPath.TryAdd(parent, new Folder(parent)))
                {
                    break;
                }
            }
        }

        return [.. byPath.Values];
    }

    /// <summary>Equal texts give equal layers: what a layer is found by without packing it. One line an entry, to be read by people too.</summary>
    public static string Listing(ImmutableArray<LayerEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            _ = entry switch
            {
                Folder => text.Append(CultureInfo.InvariantCulture, $"d {entry.Path}/\n"),
                File file => text.Append(CultureInfo.InvariantCulture, $"{(file.Executable ? 'x' : '-')} {file.Path} {file.Size} {file.Content.Hex}\n"),
                Link link => text.Append(CultureInfo.InvariantCulture, $"l {link.Path} -> {link.Target}\n"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }

        return text.ToString();
    }
}
