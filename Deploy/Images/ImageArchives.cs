using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text.Json;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>An image that was built, and what was made of it on this machine.</summary>
/// <param name="Archives">Paths, one a platform.</param>
/// <param name="LoadedAs">Name in the container engine; null where it was not loaded.</param>
internal sealed record StoredImage(BuiltImage Image, ImmutableArray<string> Archives, string? LoadedAs);

/// <summary>
/// Writes images as <c>docker save</c> does, one file a platform: what Docker and Podman load and skopeo copies. Without an engine and without a
/// registry but for layers of a base that were never read here.
/// </summary>
internal sealed class ImageArchives(RegistryClient client, ImageWorkspace workspace)
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;

    /// <summary>Writes an image as files, loads it into an engine, or both.</summary>
    /// <param name="image">Whose platforms are written.</param>
    /// <param name="folder">Absolute, for files that stay; null: none stay.</param>
    /// <param name="engine">Gets the platform that it runs; null: none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">The folder cannot be written, a layer of the base cannot be had, or the engine does not take the image.</exception>
    public async Task<StoredImage> StoreAsync(BuiltImage image, string? folder, ContainerEngine? engine, CancellationToken cancellationToken)
    {
        if (folder is null && engine is null)
        {
            return new StoredImage(image, [], LoadedAs: null);
        }

        var archives = await WriteAsync(image, folder ?? workspace.Archives, cancellationToken);
        if (engine is not null)
        {
            var own = image.Platforms.IndexOf(image.Platforms.FirstOrDefault(platform => platform.Platform.Architecture == ImageOrder.Name(engine.Architecture)) ?? image.Platforms[0]);
            await engine.LoadAsync(image.Resource, archives[own], cancellationToken);
        }

        if (folder is null)
        {
            Directory.Delete(workspace.Archives, recursive: true);
        }

        return new StoredImage(image, folder is null ? [] : archives, engine is null ? null : NameOf(image));
    }

    // Paths of the archives: RESOURCE-ARCHITECTURE.tar.
    private async Task<ImmutableArray<string>> WriteAsync(BuiltImage image, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var archives = ImmutableArray.CreateBuilder<string>();
            foreach (var platform in image.Platforms)
            {
                var archive = Path.Combine(folder, $"{Names.Label(image.Resource)}-{platform.Platform.Architecture}.tar");
                var part = archive + ".part";
                await WriteAsync(image, platform, part, cancellationToken);
                File.Move(part, archive, overwrite: true);
                archives.Add(archive);
            }

            return archives.ToImmutable();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([FullDisk.Is(failure) ? ImageProblems.DiskFull(folder) : ImageProblems.CannotWriteArchive(folder, failure.Message)], failure);
        }
    }

    // What compose.yaml of 'render' calls it.
    private static string NameOf(BuiltImage image) => image.Repository;

    private async Task WriteAsync(BuiltImage image, BuiltPlatform platform, string path, CancellationToken cancellationToken)
    {
        var layers = platform.Layers.Select(layer => (Layer: layer, Name: $"{layer.Blob.Digest.Hex}.tar.gz")).ToList();
        var config = $"{Digest.Of(platform.Config.AsSpan()).Hex}.json";
        // A name without a tag means this one, and nothing else in the world does: it never gets into a registry.
        ImmutableArray<string> names = [$"{NameOf(image)}:latest", $"{NameOf(image)}:{image.Tag}"];
        var manifest = JsonSerializer.SerializeToUtf8Bytes([new ArchiveEntry(config, names, [.. layers.Select(layer => layer.Name)])], ArchiveJson.Default.ImmutableArrayArchiveEntry);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        using var contents = new MemoryStream(manifest);
        await AddAsync(tar, "manifest.json", contents, cancellationToken);
        using var settings = new MemoryStream([.. platform.Config]);
        await AddAsync(tar, config, settings, cancellationToken);
        foreach (var (layer, name) in layers.DistinctBy(layer => layer.Name, StringComparer.Ordinal))
        {
            var source = layer switch
            {
                ImageLayer.Packed packed => packed.File,
                ImageLayer.OfBase below => await new BaseImages(client, workspace.Bases).LayerAsync(below.From, below.Blob, cancellationToken),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            await using var content = ImagePush.OpenAt(source, 0);
            await AddAsync(tar, name, content, cancellationToken);
        }
    }

    private static Task AddAsync(TarWriter tar, string name, Stream content, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = Time }, cancellationToken);
}
