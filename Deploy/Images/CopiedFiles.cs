using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// Puts files of one built image into another, as <c>COPY --from</c> does: a folder's content goes into the destination, a file goes below it.
/// </summary>
internal sealed class CopiedFiles(BaseImages bases, ImageWorkspace workspace)
{
    private const string Whiteout = ".wh.";
    private const string OpaqueWhiteout = ".wh..wh..opq";

    /// <summary>The same images, with what they get of others.</summary>
    /// <param name="drafts">By resource; circles are told apart when the model is bound.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">A file is not in the image that it is to be taken from.</exception>
    public async Task<ImmutableSortedDictionary<string, ImageDraft>> AddAsync(ImmutableSortedDictionary<string, ImageDraft> drafts, CancellationToken cancellationToken)
    {
        var complete = ImmutableSortedDictionary.Create<string, ImageDraft>(StringComparer.Ordinal);
        while (complete.Count < drafts.Count)
        {
            var ready = drafts.Values.First(draft => !complete.ContainsKey(draft.Model.Resource) && draft.Model.Files.All(files => complete.ContainsKey(files.Image)));
            complete = complete.Add(ready.Model.Resource, await WithFilesAsync(ready, complete, cancellationToken));
        }

        return complete;
    }

    private async Task<ImageDraft> WithFilesAsync(ImageDraft draft, ImmutableSortedDictionary<string, ImageDraft> others, CancellationToken cancellationToken)
    {
        foreach (var files in draft.Model.Files)
        {
            var platforms = ImmutableArray.CreateBuilder<PlatformDraft>();
            foreach (var platform in draft.Platforms)
            {
                var source = others[files.Image].Platforms.First(other => other.Platform.Architecture == platform.Platform.Architecture);
                var entries = await EntriesAsync(draft.Model.Resource, files, source, cancellationToken);
                platforms.Add(platform.With(await draft.Store.PackedAsync($"files of {files.Image}", entries, $"files of {files.Image}", cancellationToken)));
            }

            draft = draft with { Platforms = platforms.ToImmutable() };
        }

        return draft;
    }

    private async Task<ImmutableArray<LayerEntry>> EntriesAsync(string resource, ImageFiles files, PlatformDraft source, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(workspace.Folder, "files", Names.Label(resource), Names.Label(files.Image), source.Platform.Architecture);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var wanted = files.Sources.Select(Normal).ToImmutableArray();
        var found = new SortedDictionary<string, LayerEntry>(StringComparer.Ordinal);
        foreach (var layer in source.Layers)
        {
            var blob = layer switch
            {
                ImageLayer.Packed packed => packed.File,
                ImageLayer.OfBase below => await bases.LayerAsync(below.From, below.Blob, cancellationToken),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            await CollectAsync(blob, wanted, found, folder, cancellationToken);
        }

        var missing = wanted.Where(path => !found.Keys.Any(entry => entry == path || IsBelow(entry, path))).ToList();
        if (missing.Count > 0)
        {
            throw new DeployException(missing.Select(path => ImageProblems.NoSuchFile(resource, files.Image, "/" + path)));
        }

        return LayerEntry.Complete(found.Values.Select(entry => Moved(entry, wanted, Normal(files.Destination))).OfType<LayerEntry>());
    }

    // Later layers win; a whiteout takes away what lower ones had.
    private static async Task CollectAsync(string blob, ImmutableArray<string> wanted, SortedDictionary<string, LayerEntry> found, string folder, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(blob);
        await using var plain = content.ReadByte() == 0x1f && content.ReadByte() == 0x8b ? (Stream)new GZipStream(Rewound(content), CompressionMode.Decompress) : Rewound(content);
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            var path = Normal(entry.Name);
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name.StartsWith(Whiteout, StringComparison.Ordinal))
            {
                var parent = path[..^name.Length].TrimEnd('/');
                var gone = name == OpaqueWhiteout ? parent : $"{parent}/{name[Whiteout.Length..]}".TrimStart('/');
                foreach (var key in found.Keys.Where(key => (name != OpaqueWhiteout && key == gone) || IsBelow(key, gone)).ToList())
                {
                    found.Remove(key);
                }
            }
            else if (wanted.Any(source => path == source || IsBelow(path, source)) && await EntryAsync(entry, path, folder, found.Count, cancellationToken) is { } copied)
            {
                found[path] = copied;
            }
        }
    }

    private static async Task<LayerEntry?> EntryAsync(TarEntry entry, string path, string folder, int number, CancellationToken cancellationToken)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                return new LayerEntry.Folder(path);
            case TarEntryType.SymbolicLink:
                return new LayerEntry.Link(path, entry.LinkName);
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                // By number: names of the image may not be names here.
                var copy = Path.Combine(folder, $"{number}-{Names.Hash(path)}");
                await entry.ExtractToFileAsync(copy, overwrite: true, cancellationToken);
                return await PublishedFiles.HashedAsync(path, copy, cancellationToken);
            default:
                return null;
        }
    }

    private static LayerEntry? Moved(LayerEntry entry, ImmutableArray<string> wanted, string destination)
    {
        var source = wanted.First(path => entry.Path == path || IsBelow(entry.Path, path));
        var isFile = entry is not LayerEntry.Folder && entry.Path == source;
        var relative = isFile ? source[(source.LastIndexOf('/') + 1)..] : entry.Path.Length > source.Length ? entry.Path[(source.Length + 1)..] : "";
        return relative.Length == 0 ? null : entry with { Path = destination.Length == 0 ? relative : $"{destination}/{relative}" };
    }

    private static bool IsBelow(string path, string folder) => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal);

    // "/app/./wwwroot/" is "app/wwwroot"; ".." leads nowhere.
    private static string Normal(string path) =>
        string.Join('/', path.Split('/').Where(part => part is not ("" or "." or "..")));

    private static FileStream Rewound(FileStream stream)
    {
        stream.Position = 0;
        return stream;
    }
}
