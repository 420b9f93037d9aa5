using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// The packed layers of one image. A layer is found again by the hashes of its files, so what did not change is not packed again; what the latest
/// build did not use is deleted.
/// </summary>
internal sealed class LayerStore
{
    // Part of what a layer is found by: raised with every change to how entries are packed.
    private const string Format = "1\n";
    private const string ListName = "layers.json";
    private readonly string _folder;
    private readonly Dictionary<string, KnownLayer> _known;
    private readonly Dictionary<string, KnownLayer> _used = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private LayerStore(string folder, Dictionary<string, KnownLayer> known)
    {
        _folder = folder;
        _known = known;
    }

    public static LayerStore Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var list = Path.Combine(folder, ListName);
        try
        {
            return new LayerStore(folder, File.Exists(list) ? JsonSerializer.Deserialize(File.ReadAllBytes(list), StoreJson.Default.DictionaryStringKnownLayer) ?? [] : []);
        }
        catch (JsonException)
        {
            // Only a cache.
            return new LayerStore(folder, []);
        }
    }

    /// <summary>The layer of some entries, packed now unless it is there.</summary>
    /// <param name="name">What is in it, for people.</param>
    /// <param name="entries">Complete and in order.</param>
    /// <param name="createdBy">For the image's history.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">The disk is full, or a file changes while it is packed.</exception>
    public Task<AddedLayer> PackedAsync(string name, ImmutableArray<LayerEntry> entries, string createdBy, CancellationToken cancellationToken) =>
        FindAsync(
            Digest.Of(Encoding.UTF8.GetBytes(Format + LayerEntry.Listing(entries))).Hex,
            name,
            createdBy,
            output => LayerPacker.PackAsync(entries, output, cancellationToken),
            cancellationToken);

    /// <summary>The layer of an archive of files that others made, compressed by us unless it is there.</summary>
    /// <param name="name">What is in it, for people.</param>
    /// <param name="archive">Path of the archive, plain or compressed.</param>
    /// <param name="diffId">Hash of the plain archive, as its maker says it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">It is not what its maker says, or the disk is full.</exception>
    public Task<AddedLayer> RepackedAsync(string name, string archive, Digest diffId, CancellationToken cancellationToken) =>
        FindAsync($"archive {diffId.Hex}", name, name, output => LayerPacker.RepackAsync(archive, diffId, output, cancellationToken), cancellationToken);

    /// <summary>Forgets and deletes all that was not asked for since it was opened.</summary>
    public void Clean()
    {
        File.WriteAllBytes(Path.Combine(_folder, ListName), JsonSerializer.SerializeToUtf8Bytes(_used, StoreJson.Default.DictionaryStringKnownLayer));
        var files = _used.Values.Select(layer => layer.Digest.Hex).Append(ListName).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder).Where(file => !files.Contains(Path.GetFileName(file))))
        {
            File.Delete(file);
        }
    }

    private KnownLayer? Known(string key) =>
        _known.GetValueOrDefault(key) is { } layer && new FileInfo(FileOf(layer.Digest)) is { Exists: true } file && file.Length == layer.Size ? layer : null;

    private string FileOf(Digest digest) => Path.Combine(_folder, digest.Hex);

    private async Task<AddedLayer> FindAsync(string key, string name, string createdBy, Func<Stream, Task<PackedLayer>> pack, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var layer = Known(key) ?? await PackAsync(pack);
        lock (_gate)
        {
            _used[key] = layer;
        }

        return new AddedLayer(new ImageLayer.Packed(new Descriptor(MediaTypes.LayerGzip, layer.Digest, layer.Size), name, FileOf(layer.Digest)), layer.DiffId, createdBy);
    }

    private async Task<KnownLayer> PackAsync(Func<Stream, Task<PackedLayer>> pack)
    {
        var part = Path.Combine(_folder, Path.GetRandomFileName() + ".part");
        try
        {
            PackedLayer packed;
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                packed = await pack(file);
            }

            File.Move(part, FileOf(packed.Blob.Digest), overwrite: true);
            return new KnownLayer(packed.Blob.Digest, packed.Blob.Size, packed.DiffId);
        }
        catch (IOException failure)
        {
            throw new DeployException([FullDisk.Is(failure) ? ImageProblems.DiskFull(_folder) : ImageProblems.CannotPack(_folder, failure.Message)], failure);
        }
        finally
        {
            File.Delete(part);
        }
    }
}

/// <summary>A layer in the store; its file is named like its digest.</summary>
internal sealed record KnownLayer(Digest Digest, long Size, Digest DiffId);

[JsonSerializable(typeof(Dictionary<string, KnownLayer>))]
internal sealed partial class StoreJson : JsonSerializerContext;
