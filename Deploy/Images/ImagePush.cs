using System.Security.Cryptography;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>An image as deployments use it.</summary>
/// <param name="Resource">Name of the manifest's resource.</param>
/// <param name="Repository">With the registry.</param>
/// <param name="Tag">The tag that names it, for people.</param>
/// <param name="Digest">Of its index.</param>
internal sealed record PushedImage(string Resource, RepositoryAddress Repository, string Tag, Digest Digest)
{
    /// <summary>What goes into a deployment.</summary>
    public string Reference => $"{Repository}@{Digest}";
}

/// <summary>
/// Brings built images into a registry. What is there is not sent: not the image where its tag names it, not a layer that the registry has, not a
/// base's layer that it can take from another of its repositories. The tag is put last, so an image that has one is complete,
/// with the documents that belong to it.
/// </summary>
internal sealed class ImagePush(ImageTools tools, ImageWorkspace workspace)
{
    private readonly RegistryClient _client = tools.Client;
    private readonly BlobUpload _upload = new(tools.Client);

    /// <param name="image">What was built.</param>
    /// <param name="repository">Where it goes.</param>
    /// <param name="cancellationToken">Ends it; run again, it goes on.</param>
    public async Task<PushedImage> RunAsync(BuiltImage image, RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var (tag, named) = await TagAsync(_client, repository, image.Tag, image.Digest, cancellationToken);
        if (!named)
        {
            await ContentAsync(image, repository, cancellationToken);
            await _client.PutManifestAsync(repository, image.Digest.ToString(), image.Index, cancellationToken);
            await new SupplyChain(_client, new BaseImages(_client, workspace.Bases), tools.Builder).AttachAsync(image, repository, cancellationToken);
            await _client.PutManifestAsync(repository, tag, image.Index, cancellationToken);
            await VerifyAsync(repository, tag, image.Digest, cancellationToken);
        }

        return new PushedImage(image.Resource, repository, tag, image.Digest);
    }

    /// <summary>The tag that an image gets, and whether it names the image already.</summary>
    public static async Task<(string Tag, bool Named)> TagAsync(RegistryClient client, RepositoryAddress repository, string wanted, Digest digest, CancellationToken cancellationToken)
    {
        var found = await client.FindDigestAsync(repository, wanted, cancellationToken);
        if (found is null || found == digest)
        {
            return (wanted, found == digest);
        }

        var other = ImageTag.Distinct(wanted, digest);
        return (other, await client.FindDigestAsync(repository, other, cancellationToken) == digest);
    }

    // What the registry says when it is asked anew, and not what it said to the push.
    private async Task VerifyAsync(RepositoryAddress repository, string tag, Digest digest, CancellationToken cancellationToken)
    {
        if (await _client.FindDigestAsync(repository, tag, cancellationToken) is var found && found != digest)
        {
            throw new DeployException(found is null ? RegistryProblems.NoImage(repository, tag) : RegistryProblems.Corrupted(repository, digest, found));
        }
    }

    private async Task ContentAsync(BuiltImage image, RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var layers = image.Platforms.SelectMany(platform => platform.Layers).DistinctBy(layer => layer.Blob.Digest);
        await Parallel.ForEachAsync(layers, Bounded(cancellationToken), async (layer, token) => await LayerAsync(layer, repository, token));
        await Parallel.ForEachAsync(image.Platforms, Bounded(cancellationToken), async (platform, token) =>
        {
            var bytes = platform.Config.ToArray();
            var config = new Descriptor(MediaTypes.Config, Digest.Of(bytes), bytes.Length);
            if (!await _upload.IsThereAsync(repository, config.Digest, token))
            {
                await _upload.SendAsync(repository, config, at => new MemoryStream(bytes[(int)at..]), token);
            }

            await _client.PutManifestAsync(repository, platform.Manifest.Digest.ToString(), platform.Manifest, token);
        });
    }

    private async Task LayerAsync(ImageLayer layer, RepositoryAddress repository, CancellationToken cancellationToken)
    {
        if (await _upload.IsThereAsync(repository, layer.Blob.Digest, cancellationToken))
        {
            return;
        }

        var file = layer switch
        {
            ImageLayer.Packed packed => await VerifiedAsync(packed, cancellationToken),
            ImageLayer.OfBase below => below.From.Host == repository.Host && await _upload.MountAsync(repository, below.Blob.Digest, below.From, cancellationToken)
                ? null
                : await new BaseImages(_client, workspace.Bases).LayerAsync(below.From, below.Blob, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (file is not null)
        {
            await _upload.SendAsync(repository, layer.Blob, at => OpenAt(file, at), cancellationToken);
        }
    }

    // A layer may have lain on this disk for weeks. Deleted, it is packed anew by the next build.
    private static async Task<string> VerifiedAsync(ImageLayer.Packed layer, CancellationToken cancellationToken)
    {
        await using (var content = OpenAt(layer.File, 0))
        {
            if (Digest.OfHash(await SHA256.HashDataAsync(content, cancellationToken)) == layer.Blob.Digest)
            {
                return layer.File;
            }
        }

        File.Delete(layer.File);
        throw new DeployException(ImageProblems.ChangedLayer(layer.File));
    }

    private ParallelOptions Bounded(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = _client.Policy.Parallel, CancellationToken = cancellationToken };

    public static FileStream OpenAt(string file, long position)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        stream.Position = position;
        return stream;
    }
}
