using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What an image is built on.</summary>
/// <param name="Reference">As the settings have it.</param>
/// <param name="Repository">Where its layers are.</param>
/// <param name="Digest">Of its index, or of its manifest where it has no index.</param>
/// <param name="Platforms">By Go's name of the architecture; Linux only.</param>
internal sealed record BaseImage(string Reference, RepositoryAddress Repository, Digest Digest, ImmutableSortedDictionary<string, BasePlatform> Platforms);

/// <param name="Platform">As the base's index has it.</param>
internal sealed record BasePlatform(ImagePlatform Platform, ImageManifest Manifest, ImageConfig Config);

/// <summary>Reads bases by their digest. What was read once is kept beside the builds, so that building needs the registry only once.</summary>
internal sealed class BaseImages(RegistryClient client, string folder)
{
    /// <param name="reference">As it is written.</param>
    /// <param name="digest">What it stands for.</param>
    /// <param name="architectures">Go's names of those that are needed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">It is not there, or not for an architecture.</exception>
    public async Task<BaseImage> ReadAsync(string reference, Digest digest, ImmutableArray<string> architectures, CancellationToken cancellationToken)
    {
        var repository = RemoteImage.Read(reference, "images.baseImage").Repository;
        var top = await ManifestAsync(repository, digest, cancellationToken);
        var platforms = ImmutableSortedDictionary.CreateBuilder<string, BasePlatform>(StringComparer.Ordinal);
        if (MediaTypes.IsIndex(top.MediaType))
        {
            var index = Parsed(repository, digest, top, OciJson.Index);
            foreach (var architecture in architectures)
            {
                var entry = index.Manifests.FirstOrDefault(manifest => manifest.Platform is { Os: "linux" } platform && platform.Architecture == architecture)
                    ?? throw new DeployException(ImageProblems.NoSuchArchitecture(reference, architecture, index.Manifests.Select(manifest => manifest.Platform?.Architecture)));
                platforms[architecture] = await PlatformAsync(repository, await ManifestAsync(repository, entry.Digest, cancellationToken), entry.Platform, cancellationToken);
            }
        }
        else
        {
            var platform = await PlatformAsync(repository, top, platform: null, cancellationToken);
            var missing = architectures.FirstOrDefault(architecture => architecture != platform.Config.Architecture);
            if (missing is not null)
            {
                throw new DeployException(ImageProblems.NoSuchArchitecture(reference, missing, [platform.Config.Architecture]));
            }

            platforms[platform.Config.Architecture] = platform;
        }

        return new BaseImage(reference, repository, digest, platforms.ToImmutable());
    }

    /// <summary>A layer as a file of this machine, downloaded once.</summary>
    public async Task<string> LayerAsync(RepositoryAddress repository, Descriptor layer, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, layer.Digest.Hex);
        try
        {
            await new BlobDownload(client).SaveAsync(repository, layer, path, cancellationToken);
            return path;
        }
        catch (IOException failure) when (FullDisk.Is(failure))
        {
            throw new DeployException([ImageProblems.DiskFull(folder)], failure);
        }
    }

    /// <summary>Where the lists of packages are kept that a layer has.</summary>
    public string ListsOf(Descriptor layer) => Path.Combine(folder, $"{layer.Digest.Hex}.lists.json");

    private async Task<BasePlatform> PlatformAsync(RepositoryAddress repository, StoredManifest stored, ImagePlatform? platform, CancellationToken cancellationToken)
    {
        var manifest = Parsed(repository, stored.Digest, stored, OciJson.Manifest);
        var bytes = await CachedAsync(manifest.Config.Digest, () => new BlobDownload(client).ReadAsync(repository, manifest.Config, cancellationToken), cancellationToken);
        ImageConfig config;
        try
        {
            config = JsonSerializer.Deserialize(bytes, OciJson.Config) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new DeployException(ImageProblems.NoImage(repository, stored.Digest));
        }

        return new BasePlatform(platform ?? new ImagePlatform(config.Architecture, config.Os) { Variant = config.Variant }, manifest, config);
    }

    private async Task<StoredManifest> ManifestAsync(RepositoryAddress repository, Digest digest, CancellationToken cancellationToken)
    {
        string? type = null;
        var bytes = await CachedAsync(
            digest,
            async () =>
            {
                var manifest = await client.GetManifestAsync(repository, digest.ToString(), cancellationToken);
                type = manifest.MediaType;
                return [.. manifest.Content];
            },
            cancellationToken);
        return new StoredManifest(type ?? TypeOf(bytes), [.. bytes]);
    }

    // Its name is its hash, so what is there is right; what is not is fetched.
    private async Task<byte[]> CachedAsync(Digest digest, Func<Task<byte[]>> fetch, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, digest.Hex + ".json");
        if (File.Exists(path) && await File.ReadAllBytesAsync(path, cancellationToken) is var kept && Digest.Of(kept) == digest)
        {
            return kept;
        }

        var bytes = await fetch();
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
        return bytes;
    }

    // Of a manifest that was kept: those without the member are told apart by what they list.
    private static string TypeOf(byte[] manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        return document.RootElement.TryGetProperty("mediaType", out var type) && type.GetString() is { } own ? own
            : document.RootElement.TryGetProperty("manifests", out _) ? MediaTypes.Index
            : MediaTypes.Manifest;
    }

    private static T Parsed<T>(RepositoryAddress repository, Digest digest, StoredManifest stored, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Content.AsSpan(), type) ?? throw new JsonException();
        }
        catch (JsonException failure)
        {
            throw new DeployException([ImageProblems.NoImage(repository, digest)], failure);
        }
    }
}
