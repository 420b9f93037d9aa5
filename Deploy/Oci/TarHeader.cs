using System.Globalization;
using System.Text;

namespace Platform.Deploy.Oci;

/// <summary>
/// The header of a tar entry: ustar, and a pax header before it where ustar has no room. Written by hand, because the pax headers of
/// System.Formats.Tar carry the number of the process and are never the same twice.
/// </summary>
internal static class TarHeader
{
    public const int BlockSize = 512;
    private const int NameLimit = 100;
    private const int PrefixLimit = 155;
    private const long SizeLimit = 1L << 33;
    private const int FolderOrProgram = 0b111_101_101;
    private const int PlainFile = 0b110_100_100;
    private const int AnyLink = 0b111_111_111;

    public static byte[] Of(LayerEntry entry) => entry switch
    {
        LayerEntry.Folder => Of(entry.Path + "/", '5', FolderOrProgram, size: 0, LayerEntry.Beginning.ToUnixTimeSeconds(), link: ""),
        LayerEntry.File file => Of(file.Path, '0', file.Executable ? FolderOrProgram : PlainFile, file.Size, file.Time.ToUnixTimeSeconds(), link: ""),
        LayerEntry.Link link => Of(link.Path, '2', AnyLink, size: 0, LayerEntry.Beginning.ToUnixTimeSeconds(), link.Target),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Bytes up to the next block.</summary>
    public static int Padding(long size) => (int)((BlockSize - (size % BlockSize)) % BlockSize);

    private static byte[] Of(string path, char kind, int mode, long size, long time, string link)
    {
        var pax = new StringBuilder();
        if (!Fits(path))
        {
            Append(pax, "path", path);
        }

        if (!Ascii.IsValid(link) || link.Length > NameLimit)
        {
            Append(pax, "linkpath", link);
        }

        if (size >= SizeLimit)
        {
            Append(pax, "size", size.ToString(CultureInfo.InvariantCulture));
        }

        var header = Ustar(path, kind, mode, size, time, link);
        if (pax.Length == 0)
        {
            return header;
        }

        var records = Encoding.UTF8.GetBytes(pax.ToString());
        return [.. Ustar("pax", 'x', PlainFile, records.Length, LayerEntry.Beginning.ToUnixTimeSeconds(), link: ""), .. records, .. new byte[Padding(records.Length)], .. header];
    }

    private static bool Fits(string path) => Ascii.IsValid(path) && (path.Length <= NameLimit || Split(path) > 0);

    // Where the prefix ends; 0 where no slash divides the path into parts that are short enough.
    private static int Split(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0 && slash <= PrefixLimit; slash = path.IndexOf('/', slash + 1))
        {
            if (path.Length - slash - 1 is > 0 and <= NameLimit)
            {
                return slash;
            }
        }

        return 0;
    }

    // "LENGTH KEY=VALUE\n", where the length, in bytes, counts itself.
    private static void Append(StringBuilder pax, string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount(value) + key.Length + 3;
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length = rest + length.ToString(CultureInfo.InvariantCulture).Length;
        }

        pax.Append(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }

    private static byte[] Ustar(string path, char kind, int mode, long size, long time, string link)
    {
        var header = new byte[BlockSize];
        var split = path.Length <= NameLimit ? 0 : Split(path);
        Text(header, 0, NameLimit, split > 0 ? path[(split + 1)..] : path);
        Octal(header, 100, 8, mode);
        Octal(header, 108, 8, 0);
        Octal(header, 116, 8, 0);
        Octal(header, 124, 12, size % SizeLimit);
        Octal(header, 136, 12, time);
        header[156] = (byte)kind;
        Text(header, 157, NameLimit, link);
        Text(header, 257, 8, "ustar\u000000");
        Octal(header, 329, 8, 0);
        Octal(header, 337, 8, 0);
        Text(header, 345, PrefixLimit, path[..split]);

        // The sum of all bytes, its own eight taken as spaces.
        var sum = (8 * ' ') + header.Sum(octet => octet);
        Octal(header, 148, 7, sum);
        header[155] = (byte)' ';
        return header;
    }

    private static void Text(byte[] header, int offset, int limit, string text)
    {
        for (var i = 0; i < Math.Min(limit, text.Length); i++)
        {
            header[offset + i] = char.IsAscii(text[i]) ? (byte)text[i] : (byte)'_';
        }
    }

    private static void Octal(byte[] header, int offset, int length, long value)
    {
        for (var i = length - 2; i >= 0; i--)
        {
            header[offset + i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }
}
