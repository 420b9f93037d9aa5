using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Registries;

/// <summary>
/// Artifacts that say something about an image: lists of its parts, where it comes from. Registries of the distribution specification 1.1 list
/// them; for the others the list is an index under a tag that is made of the image's digest, as the specification describes.
/// </summary>
internal sealed class Referrers(RegistryClient client)
{
    /// <summary>What refers to an image; empty where nothing does.</summary>
    public async Task<ImmutableArray<Descriptor>> ListAsync(RepositoryAddress repository, Digest image, CancellationToken cancellationToken)
    {
        var address = client.Address(repository, $"referrers/{image}");
        using var response = await client.SendAsync(repository, RegistryClient.Reading(repository), () => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == MediaTypes.Index)
        {
            return Read(await response.Content.ReadAsByteArrayAsync(cancellationToken)).Manifests;
        }

        return await ListedAsync(repository, image, cancellationToken) is { } index ? index.Manifests : [];
    }

    /// <summary>Stores an artifact whose blobs are there.</summary>
    /// <param name="repository">Where the image is.</param>
    /// <param name="artifact">Its manifest, which has a subject.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PutAsync(RepositoryAddress repository, ImageManifest artifact, CancellationToken cancellationToken)
    {
        var subject = artifact.Subject ?? throw new InvalidOperationException("A referrer has a subject.");
        var stored = StoredManifest.Of(artifact);
        if (await client.PutManifestAsync(repository, stored.Digest.ToString(), stored, cancellationToken))
        {
            return;
        }

        var index = await ListedAsync(repository, subject.Digest, cancellationToken);
        var entry = stored.Descriptor with { ArtifactType = artifact.ArtifactType, Annotations = artifact.Annotations };
        if (index?.Manifests.Any(listed => listed.Digest == entry.Digest) ?? false)
        {
            return;
        }

        var all = (index?.Manifests ?? []).Add(entry).OrderBy(listed => listed.Digest.Hex, StringComparer.Ordinal);
        var list = new ImageIndex { MediaType = MediaTypes.Index, Manifests = [.. all] };
        await client.PutManifestAsync(repository, ListTag(subject.Digest), StoredManifest.Of(list), cancellationToken);
    }

    /// <summary>The tag under which the list is kept where the registry keeps none itself.</summary>
    public static string ListTag(Digest image) => $"sha256-{image.Hex}";

    private async Task<ImageIndex?> ListedAsync(RepositoryAddress repository, Digest image, CancellationToken cancellationToken) =>
        await client.FindManifestAsync(repository, ListTag(image), cancellationToken) is { } list ? Read(list.Content.AsSpan()) : null;

    private static ImageIndex Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, OciJson.Index) ?? new ImageIndex { Manifests = [] };
        }
        catch (JsonException)
        {
            return new ImageIndex { Manifests = [] };
        }
    }
}
