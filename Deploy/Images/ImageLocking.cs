using System.Collections.Immutable;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What <c>images update-base</c> did to one reference.</summary>
/// <param name="Before">Null where it was not locked.</param>
internal sealed record LockChange(string Reference, Digest? Before, Digest After);

/// <summary>Finds out what names of other people's images stand for, and keeps it in the lock file.</summary>
internal sealed class ImageLocking(RegistryClient client, IProgress<ImageEvent> progress)
{
    /// <summary>The digest of a reference: its own, that of the lock file, else the registry's, which is then added to the file.</summary>
    /// <exception cref="DeployException">It is not locked where it has to be, or the registry does not know it.</exception>
    public async Task<Digest> DigestAsync(string reference, ImageOrder order, CancellationToken cancellationToken)
    {
        if (RemoteImage.Read(reference, "images.baseImage").Digest is { } own)
        {
            return own;
        }

        var locked = ImageLock.Read(order.LockFile);
        if (locked.Find(reference) is { } known)
        {
            return known;
        }

        if (order.Locked)
        {
            throw new DeployException(ImageProblems.NotLocked(reference, order.LockFile));
        }

        var digest = await ResolveAsync(reference, cancellationToken);
        locked.With(reference, digest).Write(order.LockFile);
        progress.Report(new ImageEvent.BaseLocked(reference, digest));
        return digest;
    }

    /// <summary>Asks the registries again for all references, and writes the file with those alone.</summary>
    /// <param name="references">With a digest of their own they are left out.</param>
    /// <param name="lockFile">Absolute path.</param>
    /// <param name="cancellationToken">Ends it; the file stays as it was.</param>
    public async Task<ImmutableArray<LockChange>> UpdateAsync(IEnumerable<string> references, string lockFile, CancellationToken cancellationToken)
    {
        var before = ImageLock.Read(lockFile);
        var after = ImageLock.Empty;
        var changes = ImmutableArray.CreateBuilder<LockChange>();
        foreach (var reference in references.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(reference => RemoteImage.Read(reference, null).Digest is null))
        {
            var digest = await ResolveAsync(reference, cancellationToken);
            after = after.With(reference, digest);
            changes.Add(new LockChange(reference, before.Find(reference), digest));
        }

        after.Write(lockFile);
        return changes.ToImmutable();
    }

    private async Task<Digest> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var image = RemoteImage.Read(reference, null);
        return await client.FindDigestAsync(image.Repository, image.Target, cancellationToken)
            ?? throw new DeployException(RegistryProblems.NoImage(image.Repository, image.Target));
    }
}
