using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>An image that a registry has.</summary>
/// <param name="Resource">Name of the manifest's resource.</param>
/// <param name="Tags">All that name it, sorted.</param>
/// <param name="Created">When its commit was made; null where it does not say.</param>
/// <param name="Platforms">Sorted by name.</param>
internal sealed record ListedImage(
    string Resource, RepositoryAddress Repository, ImmutableArray<string> Tags, Digest Digest, DateTimeOffset? Created, ImmutableArray<ListedPlatform> Platforms);

/// <param name="Name">Such as <c>linux/arm64</c>.</param>
/// <param name="Layers">Lowest first: what is in it, and its size in bytes as stored.</param>
internal sealed record ListedPlatform(string Name, ImmutableArray<(string Name, long Size)> Layers);

/// <summary>Reads what a registry has of an application.</summary>
internal sealed class ImageListing(RegistryClient client)
{
    /// <param name="image">Whose repository is read.</param>
    /// <param name="repository">Where it is.</param>
    /// <param name="limit">The most images, newest first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Empty where there is no such repository.</returns>
    public async Task<ImmutableArray<ListedImage>> ReadAsync(ImageModel image, RepositoryAddress repository, int limit, CancellationToken cancellationToken)
    {
        var tags = (await client.TagsAsync(repository, cancellationToken)).Where(tag => !tag.StartsWith("sha256-", StringComparison.Ordinal) && !ImageInputs.IsTag(tag)).Order(StringComparer.Ordinal);
        var byDigest = new Dictionary<Digest, (StoredManifest Manifest, List<string> Tags)>();
        foreach (var tag in tags)
        {
            var manifest = await client.GetManifestAsync(repository, tag, cancellationToken);
            if (!byDigest.TryGetValue(manifest.Digest, out var known))
            {
                byDigest[manifest.Digest] = known = (manifest, []);
            }

            known.Tags.Add(tag);
        }

        var listed = new List<ListedImage>();
        foreach (var (manifest, names) in byDigest.Values)
        {
            listed.Add(await OneAsync(image.Resource, repository, manifest, [.. names], cancellationToken));
        }

        return [.. listed.OrderByDescending(one => one.Created ?? DateTimeOffset.MinValue).ThenBy(one => one.Tags[0], StringComparer.Ordinal).Take(limit)];
    }

    private async Task<ListedImage> OneAsync(string resource, RepositoryAddress repository, StoredManifest top, ImmutableArray<string> tags, CancellationToken cancellationToken)
    {
        var children = MediaTypes.IsIndex(top.MediaType)
            ? (Parsed(top, OciJson.Index)?.Manifests ?? []).Where(child => child.Platform is { Os: "linux" }).Select(child => child.Digest.ToString())
            : [top.Digest.ToString()];
        var platforms = new List<ListedPlatform>();
        DateTimeOffset? created = null;
        foreach (var child in children)
        {
            var manifest = Parsed(await client.GetManifestAsync(repository, child, cancellationToken), OciJson.Manifest);
            if (manifest is null)
            {
                continue;
            }

            var config = Config(await new BlobDownload(client).ReadAsync(repository, manifest.Config, cancellationToken));
            created ??= DateTimeOffset.TryParse(config?.Created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
            platforms.Add(new ListedPlatform(
                config is null ? "?" : new ImagePlatform(config.Architecture, config.Os) { Variant = config.Variant }.ToString(),
                [.. manifest.Layers.Select((layer, i) => (NameOf(config, i, resource), layer.Size))]));
        }

        return new ListedImage(resource, repository, tags, top.Digest, created, [.. platforms.OrderBy(platform => platform.Name, StringComparer.Ordinal)]);
    }

    // Our layers say in the history what they are: "application of web". All others are the base's.
    private static string NameOf(ImageConfig? config, int layer, string resource)
    {
        var step = (config?.History ?? []).Where(entry => entry.EmptyLayer is not true).ElementAtOrDefault(layer)?.CreatedBy ?? "";
        var ending = $" of {resource}";
        return step.EndsWith(ending, StringComparison.Ordinal) ? step[..^ending.Length] : step.StartsWith("files of ", StringComparison.Ordinal) ? step : "base";
    }

    private static ImageConfig? Config(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, OciJson.Config);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T? Parsed<T>(StoredManifest stored, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Content.AsSpan(), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
