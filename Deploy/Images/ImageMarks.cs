using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>
/// The tags that images have beside the one for people: <c>for-ENVIRONMENT-TAG</c> says which environments an image was pushed for or promoted to, and keeps
/// it from being expired with the images of other commits; <c>inputs-HASH</c> says what it was made from.
/// </summary>
internal static class ImageMarks
{
    private const string Version = "org.opencontainers.image.version";

    public static string Of(string environment, string tag) => $"for-{environment}-{tag}";

    /// <summary>Puts the mark of an environment onto an image that its registry has.</summary>
    public static async Task MarkAsync(RegistryClient client, PushedImage image, string environment, CancellationToken cancellationToken)
    {
        if (!await IsMarkedAsync(client, image, environment, cancellationToken))
        {
            await PutAsync(client, image, Of(environment, image.Tag), cancellationToken);
        }
    }

    public static async Task<bool> IsMarkedAsync(RegistryClient client, PushedImage image, string environment, CancellationToken cancellationToken) =>
        await client.FindDigestAsync(image.Repository, Of(environment, image.Tag), cancellationToken) == image.Digest;

    /// <summary>Whether an environment has an image of the same version and commit that is not this one.</summary>
    public static async Task<bool> HasAnotherAsync(RegistryClient client, PushedImage image, string environment, CancellationToken cancellationToken)
    {
        var own = Of(environment, image.Tag);
        return (await client.TagsAsync(image.Repository, cancellationToken)).Any(tag => tag == own || tag.StartsWith(own + "-", StringComparison.Ordinal));
    }

    /// <summary>Gives an image that the registry has another tag, where nothing has it yet.</summary>
    public static async Task NameAsync(RegistryClient client, PushedImage image, string tag, CancellationToken cancellationToken)
    {
        if (await client.FindDigestAsync(image.Repository, tag, cancellationToken) is null)
        {
            await PutAsync(client, image, tag, cancellationToken);
        }
    }

    /// <summary>The image that was made from the same, with the tag that a push of it has given it.</summary>
    /// <param name="client">Speaks to the registry.</param>
    /// <param name="resource">Whose image it is.</param>
    /// <param name="repository">Where it would be.</param>
    /// <param name="inputs">What it is made from.</param>
    /// <param name="sdk">And with.</param>
    /// <param name="version">What was wanted in place of the version that the sources have; null: nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null: there is none.</returns>
    public static async Task<PushedImage?> FindAsync(
        RegistryClient client, string resource, RepositoryAddress repository, ImageInputs.Known inputs, string sdk, string? version, CancellationToken cancellationToken)
    {
        if (await client.FindDigestAsync(repository, ImageInputs.Tag(inputs, sdk), cancellationToken) is not { } digest
            || (version ?? VersionOf(await client.GetManifestAsync(repository, digest.ToString(), cancellationToken))) is not { } named)
        {
            return null;
        }

        var (tag, _) = await ImagePush.TagAsync(client, repository, ImageTag.Of(named, inputs.Revision, digest), digest, cancellationToken);
        return new PushedImage(resource, repository, tag, digest);
    }

    private static async Task PutAsync(RegistryClient client, PushedImage image, string tag, CancellationToken cancellationToken) =>
        await client.PutManifestAsync(image.Repository, tag, await client.GetManifestAsync(image.Repository, image.Digest.ToString(), cancellationToken), cancellationToken);

    private static string? VersionOf(StoredManifest index)
    {
        try
        {
            return JsonSerializer.Deserialize(index.Content.AsSpan(), OciJson.Index)?.Annotations?.GetValueOrDefault(Version);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
