using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// Reads what <c>docker save</c> and <c>buildah push docker-archive:</c> write: <c>manifest.json</c> = <c>[{ "Config": PATH, "Layers": [PATH, …] }]</c> and
/// the files that it names. Layers are packed again by us, so that the same layer has the same digest whoever built it.
/// </summary>
internal static class DockerArchive
{
    // What builders leave in a config beside what is an image's: among it the command lines of steps, with the values of their arguments.
    private static readonly string[] Kept = ["Healthcheck", "StopSignal", "Shell", "OnBuild", "Volumes"];

    /// <param name="archive">Path of the archive.</param>
    /// <param name="folder">Where it may be unpacked.</param>
    /// <param name="resource">Whose image it is.</param>
    /// <param name="store">Gets the layers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">It is no such archive.</exception>
    public static async Task<PlatformDraft> ReadAsync(string archive, string folder, string resource, LayerStore store, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: true, cancellationToken);
            var entry = Read(Path.Combine(folder, "manifest.json"), ArchiveJson.Default.ImmutableArrayArchiveEntry).Single();
            var config = Cleaned(Read(Path.Combine(folder, entry.Config), OciJson.Config), resource);
            var platform = new PlatformDraft(
                new ImagePlatform(config.Architecture, config.Os) { Variant = config.Variant },
                config with { Rootfs = config.Rootfs with { DiffIds = [] } },
                [],
                DependencyList: null);
            var layers = ImmutableArray.CreateBuilder<ImageLayer>();
            var diffIds = ImmutableArray.CreateBuilder<Digest>();
            foreach (var (path, diffId) in entry.Layers.Zip(config.Rootfs.DiffIds))
            {
                var added = await store.RepackedAsync("layer", Path.Combine(folder, path), diffId, cancellationToken);
                layers.Add(added.Layer);
                diffIds.Add(added.DiffId);
            }

            return platform with { Layers = layers.ToImmutable(), Config = config with { Rootfs = config.Rootfs with { DiffIds = diffIds.ToImmutable() } } };
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or InvalidOperationException or FileNotFoundException)
        {
            throw new DeployException([ImageProblems.NoArchive(resource, failure.Message)], failure);
        }
    }

    private static ImageConfig Cleaned(ImageConfig config, string resource)
    {
        var step = 0;
        return config with
        {
            Others = null,
            Config = config.Config is not { } process ? null : process with
            {
                Others = process.Others?.Where(member => Kept.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
            },
            History = config.History is { } history
                ? [.. history.Select(entry => new HistoryEntry { Created = entry.Created, CreatedBy = $"step {++step} of {resource}", EmptyLayer = entry.EmptyLayer })]
                : null,
        };
    }

    private static T Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new JsonException("It is null.");
}

/// <summary>Its members are in upper case.</summary>
internal sealed record ArchiveEntry(string Config, ImmutableArray<string>? RepoTags, ImmutableArray<string> Layers);

[JsonSerializable(typeof(ImmutableArray<ArchiveEntry>))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
