using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Copies an image from one repository to another, all platforms, byte for byte: its digest stays.</summary>
/// <param name="client">Speaks to both registries.</param>
/// <param name="scratch">Folder for blobs under way between two registries; they are deleted as soon as they have arrived.</param>
internal sealed class ImageCopy(RegistryClient client, string scratch)
{
    private readonly BlobUpload _upload = new(client);
    private readonly BlobDownload _download = new(client);

    /// <summary>Image and all that refers to it. No tag is put.</summary>
    /// <exception cref="DeployException">The image is not there.</exception>
    public async Task<StoredManifest> RunAsync(RepositoryAddress from, RepositoryAddress to, Digest digest, CancellationToken cancellationToken)
    {
        var top = await client.GetManifestAsync(from, digest.ToString(), cancellationToken);
        if (from == to)
        {
            return top;
        }

        if (MediaTypes.IsIndex(top.MediaType))
        {
            foreach (var child in Parsed(from, top, OciJson.Index).Manifests)
            {
                await ManifestAsync(from, to, await client.GetManifestAsync(from, child.Digest.ToString(), cancellationToken), cancellationToken);
                await ReferrersAsync(from, to, child.Digest, cancellationToken);
            }

            if (await client.FindDigestAsync(to, digest.ToString(), cancellationToken) is null)
            {
                await client.PutManifestAsync(to, digest.ToString(), top, cancellationToken);
            }
        }
        else
        {
            await ManifestAsync(from, to, top, cancellationToken);
        }

        await ReferrersAsync(from, to, digest, cancellationToken);
        return top;
    }

    private async Task ManifestAsync(RepositoryAddress from, RepositoryAddress to, StoredManifest stored, CancellationToken cancellationToken)
    {
        // A manifest is put after its blobs, so where it is they are.
        if (await client.FindDigestAsync(to, stored.Digest.ToString(), cancellationToken) is not null)
        {
            return;
        }

        await BlobsAsync(from, to, Parsed(from, stored, OciJson.Manifest), cancellationToken);
        await client.PutManifestAsync(to, stored.Digest.ToString(), stored, cancellationToken);
    }

    private async Task ReferrersAsync(RepositoryAddress from, RepositoryAddress to, Digest subject, CancellationToken cancellationToken)
    {
        var referrers = new Referrers(client);
        foreach (var referrer in await referrers.ListAsync(from, subject, cancellationToken))
        {
            var artifact = Parsed(from, await client.GetManifestAsync(from, referrer.Digest.ToString(), cancellationToken), OciJson.Manifest);
            if (artifact.Subject is not null)
            {
                await BlobsAsync(from, to, artifact, cancellationToken);
                await referrers.PutAsync(to, artifact, cancellationToken);
            }
        }
    }

    private async Task BlobsAsync(RepositoryAddress from, RepositoryAddress to, ImageManifest manifest, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = client.Policy.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(manifest.Layers.Append(manifest.Config).DistinctBy(blob => blob.Digest), options, async (blob, token) => await BlobAsync(from, to, blob, token));
    }

    private async Task BlobAsync(RepositoryAddress from, RepositoryAddress to, Descriptor blob, CancellationToken cancellationToken)
    {
        if (await _upload.IsThereAsync(to, blob.Digest, cancellationToken)
            || (from.Host == to.Host && await _upload.MountAsync(to, blob.Digest, from, cancellationToken)))
        {
            return;
        }

        var file = Path.Combine(scratch, blob.Digest.Hex);
        try
        {
            await _download.SaveAsync(from, blob, file, cancellationToken);
            await _upload.SendAsync(to, blob, at => ImagePush.OpenAt(file, at), cancellationToken);
        }
        catch (IOException failure) when (FullDisk.Is(failure))
        {
            throw new DeployException([ImageProblems.DiskFull(scratch)], failure);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static T Parsed<T>(RepositoryAddress repository, StoredManifest stored, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Content.AsSpan(), type) ?? throw new JsonException();
        }
        catch (JsonException failure)
        {
            throw new DeployException([ImageProblems.NoImage(repository, stored.Digest)], failure);
        }
    }
}
