using System.Collections.Immutable;
using System.IO.Compression;

namespace Platform.Deploy.Oci;

/// <param name="Blob">As a registry stores it, compressed.</param>
/// <param name="DiffId">Of the tar inside: what tells whether two layers hold the same.</param>
/// <param name="UnpackedSize">Of the tar, in bytes.</param>
internal sealed record PackedLayer(Descriptor Blob, Digest DiffId, long UnpackedSize);

/// <summary>Writes entries as a compressed tar. One pass over the files; what it holds in memory does not grow with them.</summary>
internal static class LayerPacker
{
    private const int BufferSize = 128 * 1024;

    /// <param name="entries">Complete and in order, as <see cref="LayerEntry.Complete"/> gives them.</param>
    /// <param name="output">Gets the compressed layer.</param>
    /// <exception cref="IOException">A file cannot be read, is not what it was when it was hashed, or the output has no room.</exception>
    public static async Task<PackedLayer> PackAsync(ImmutableArray<LayerEntry> entries, Stream output, CancellationToken cancellationToken)
    {
        await using var compressed = new HashingStream(output);
        await using var gzip = new GzipWriter(compressed);
        await using var tar = new HashingStream(gzip);
        await using var content = new HashingStream(tar);
        var buffer = new byte[BufferSize];
        foreach (var entry in entries)
        {
            await tar.WriteAsync(TarHeader.Of(entry), cancellationToken);
            if (entry is LayerEntry.File file)
            {
                await CopyAsync(file, content, buffer, cancellationToken);
                await tar.WriteAsync(new byte[TarHeader.Padding(file.Size)], cancellationToken);
            }
        }

        await tar.WriteAsync(new byte[2 * TarHeader.BlockSize], cancellationToken);
        await gzip.FinishAsync(cancellationToken);
        return new PackedLayer(new Descriptor(MediaTypes.LayerGzip, compressed.Finish(), compressed.Written), tar.Finish(), tar.Written);
    }

    /// <summary>Compresses an archive of files that others made. Its content stays as it is.</summary>
    /// <param name="archive">Path of a tar, plain or compressed with gzip.</param>
    /// <param name="diffId">What the plain tar has to hash to.</param>
    /// <param name="output">Gets the compressed layer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">It hashes to something else.</exception>
    public static async Task<PackedLayer> RepackAsync(string archive, Digest diffId, Stream output, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var magic = new byte[2];
        var isGzip = await source.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken) == magic.Length && magic is [0x1f, 0x8b];
        source.Position = 0;
        await using var plain = isGzip ? (Stream)new GZipStream(source, CompressionMode.Decompress) : source;
        await using var compressed = new HashingStream(output);
        await using var gzip = new GzipWriter(compressed);
        await using var tar = new HashingStream(gzip);
        await plain.CopyToAsync(tar, BufferSize, cancellationToken);
        await gzip.FinishAsync(cancellationToken);
        var found = tar.Finish();
        return found == diffId
            ? new PackedLayer(new Descriptor(MediaTypes.LayerGzip, compressed.Finish(), compressed.Written), found, tar.Written)
            : throw new InvalidDataException($"A layer that is said to be {diffId.Short} is {found.Short}.");
    }

    private static async Task CopyAsync(LayerEntry.File file, HashingStream content, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(file.Source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var left = file.Size;
        int read;
        while (left > 0 && (read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken)) > 0)
        {
            await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }

        if (content.Finish() != file.Content || source.Length != file.Size)
        {
            throw new IOException($"'{file.Source}' was changed while it was packed.");
        }
    }
}
