using System.Collections.Immutable;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Somebody else's image that is to be pinned.</summary>
/// <param name="Reference">As the model has it, such as <c>docker.io/library/redis:7.4</c>.</param>
/// <param name="Copy">Where it is copied to; null leaves it where it is.</param>
internal sealed record OtherImage(string Reference, RepositoryAddress? Copy);

/// <summary>Somebody else's image as a deployment runs it.</summary>
/// <param name="Reference">As the model has it, such as <c>docker.io/library/redis:7.4</c>.</param>
/// <param name="Repository">Where nodes pull it from: its own repository, or our copy.</param>
/// <param name="Digest">What the reference stands for.</param>
internal sealed record PinnedImage(string Reference, RepositoryAddress Repository, Digest Digest)
{
    /// <summary>What goes into a deployment.</summary>
    public string Pinned => $"{Repository}@{Digest}";
}

/// <param name="IsToCopy">Whether the copy is yet to be made.</param>
internal sealed record OtherImageChange(PinnedImage Image, bool IsToCopy);

/// <summary>Pins the images that others make, by the lock file, and copies them into our registry where the environment wants that.</summary>
internal sealed class OtherImages(ImageTools tools, ImageWorkspace workspace)
{
    /// <param name="images">Each once.</param>
    /// <param name="order">Says where the lock file is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableArray<PinnedImage>> PinAsync(ImmutableArray<OtherImage> images, ImageOrder order, CancellationToken cancellationToken)
    {
        var pinned = ImmutableArray.CreateBuilder<PinnedImage>();
        foreach (var image in images)
        {
            var (remote, result) = await FindAsync(image, order, cancellationToken);
            if (image.Copy is not null)
            {
                await CopyAsync(remote, result, cancellationToken);
            }

            pinned.Add(result);
        }

        return pinned.ToImmutable();
    }

    /// <summary>What <see cref="PinAsync"/> would do; no image is copied.</summary>
    public async Task<ImmutableArray<OtherImageChange>> CompareAsync(ImmutableArray<OtherImage> images, ImageOrder order, CancellationToken cancellationToken)
    {
        var changes = ImmutableArray.CreateBuilder<OtherImageChange>();
        foreach (var image in images)
        {
            var (remote, result) = await FindAsync(image, order, cancellationToken);
            changes.Add(new OtherImageChange(result, image.Copy is not null && !(await TagAsync(remote, result, cancellationToken)).Named));
        }

        return changes.ToImmutable();
    }

    private async Task<(RemoteImage Remote, PinnedImage Pinned)> FindAsync(OtherImage image, ImageOrder order, CancellationToken cancellationToken)
    {
        var remote = RemoteImage.Read(image.Reference, subject: null);
        var digest = await new ImageLocking(tools.Client, tools.Progress).DigestAsync(image.Reference, order, cancellationToken);
        return (remote, new PinnedImage(image.Reference, image.Copy ?? remote.Repository, digest));
    }

    private async Task CopyAsync(RemoteImage from, PinnedImage to, CancellationToken cancellationToken)
    {
        var (tag, named) = await TagAsync(from, to, cancellationToken);
        if (!named)
        {
            var copied = await new ImageCopy(tools.Client, workspace.Copies).RunAsync(from.Repository, to.Repository, to.Digest, cancellationToken);
            await tools.Client.PutManifestAsync(to.Repository, tag, copied, cancellationToken);
        }
    }

    private Task<(string Tag, bool Named)> TagAsync(RemoteImage from, PinnedImage to, CancellationToken cancellationToken) =>
        ImagePush.TagAsync(tools.Client, to.Repository, from.Digest is null && from.Target != "latest" ? from.Target : to.Digest.Short, to.Digest, cancellationToken);
}
