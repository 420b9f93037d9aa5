using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Somebody else's image, by a name that settings or a manifest have.</summary>
/// <param name="Target">What to ask the registry for: the digest where the name has one, else the tag.</param>
/// <param name="Digest">Null where the name has none.</param>
internal sealed record RemoteImage(RepositoryAddress Repository, string Target, Digest? Digest)
{
    /// <param name="text">As it was written.</param>
    /// <param name="subject">Where it was written.</param>
    /// <exception cref="DeployException">It is no name of an image.</exception>
    public static RemoteImage Read(string text, string? subject)
    {
        var reference = ImageReference.Parse(text) ?? throw new DeployException(ImageProblems.NoReference(text, subject));
        var slash = reference.Repository.IndexOf('/', StringComparison.Ordinal);
        var repository = new RepositoryAddress(reference.Repository[..slash], reference.Repository[(slash + 1)..]);
        return Digest.TryParse(reference.Digest, out var digest)
            ? new RemoteImage(repository, digest.ToString(), digest)
            : new RemoteImage(repository, reference.Tag ?? "latest", Digest: null);
    }
}
