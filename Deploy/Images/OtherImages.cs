using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Somebody else's image as a deployment runs it.</summary>
/// <param name="Reference">As the model has it, such as <c>docker.io/library/redis:7.4</c>.</param>
/// <param name="Repository">Where nodes pull it from: its own repository, or our copy.</param>
/// <param name="Digest">What the reference stands for.</param>
internal sealed record PinnedImage(string Reference, RepositoryAddress Repository, Digest Digest)
{
    /// <summary>What goes into a deployment.</summary>
    public string Pinned => $"{Repository}@{Digest}";
}

/// <summary>Pins the images that others make, by the lock file, and copies them into our registry where the environment wants that.</summary>
internal sealed class OtherImages(ImageTools tools, ImageWorkspace workspace)
{
    /// <param name="references">Those of <see cref="DeploymentModel.OtherImages"/>.</param>
    /// <param name="order">Says where the lock file is.</param>
    /// <param name="mirror">Where a reference is copied to; null leaves it where it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableArray<PinnedImage>> PinAsync(
        ImmutableArray<string> references, ImageOrder order, Func<string, RepositoryAddress>? mirror, CancellationToken cancellationToken)
    {
        var pinned = ImmutableArray.CreateBuilder<PinnedImage>();
        foreach (var reference in references)
        {
            var image = RemoteImage.Read(reference, subject: null);
            var digest = await new ImageLocking(tools.Client, tools.Progress).DigestAsync(reference, order, cancellationToken);
            pinned.Add(mirror is null
                ? new PinnedImage(reference, image.Repository, digest)
                : new PinnedImage(reference, await MirrorAsync(image, digest, mirror(reference), cancellationToken), digest));
        }

        return pinned.ToImmutable();
    }

    private async Task<RepositoryAddress> MirrorAsync(RemoteImage image, Digest digest, RepositoryAddress to, CancellationToken cancellationToken)
    {
        var push = new ImagePush(tools, workspace);
        var (tag, named) = await push.TagAsync(to, image.Digest is null ? image.Target : digest.Short, digest, cancellationToken);
        if (!named)
        {
            var copied = await new ImageCopy(tools.Client, Path.Combine(workspace.Folder, "copies")).RunAsync(image.Repository, to, digest, cancellationToken);
            await tools.Client.PutManifestAsync(to, tag, copied, cancellationToken);
        }

        return to;
    }
}
