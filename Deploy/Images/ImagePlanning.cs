using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What a push of an image would do.</summary>
/// <param name="Image">As it would be deployed.</param>
/// <param name="BytesToSend">0 where nothing would change.</param>
/// <param name="IsUnchanged">The registry has it, under its tag.</param>
internal sealed record ImageChange(PushedImage Image, bool IsUnchanged, long BytesToSend)
{
    /// <summary>Of the registry's scan; null where the registry does not have the image, does not scan, or has not yet.</summary>
    public ScanFindings? Findings { get; init; }

    /// <summary>Whether the image, which is there, was neither pushed for this environment nor promoted to it.</summary>
    public bool IsOfOthers { get; init; }
}

/// <summary>Compares built images with a registry. Nothing is sent.</summary>
internal sealed class ImagePlanning(ImageTools tools)
{
    public async Task<ImageChange> CompareAsync(BuiltImage image, RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var (tag, named) = await ImagePush.TagAsync(tools.Client, repository, image.Tag, image.Digest, cancellationToken);
        var planned = new PushedImage(image.Resource, repository, tag, image.Digest);
        if (named)
        {
            return new ImageChange(planned, IsUnchanged: true, 0);
        }

        var upload = new BlobUpload(tools.Client);
        long bytes = 0;
        foreach (var layer in image.Platforms.SelectMany(platform => platform.Layers).DistinctBy(layer => layer.Blob.Digest))
        {
            // What the base has in the same registry is taken over there.
            var isFree = layer is ImageLayer.OfBase below && below.From.Host == repository.Host;
            bytes += isFree || await upload.IsThereAsync(repository, layer.Blob.Digest, cancellationToken) ? 0 : layer.Blob.Size;
        }

        return new ImageChange(planned, IsUnchanged: false, bytes);
    }
}
