using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>Where credentials come from, in the order in which they count.</summary>
internal static class Credentials
{
    /// <summary>
    /// The environment's for the one registry that images go to (and GitHub's own for ghcr.io in its workflows), ECR's by the identity in AWS, then
    /// those of Docker and Podman. Where there is no identity in AWS, a login to ECR that Docker keeps is as good.
    /// </summary>
    /// <param name="target">Host that <c>PLATFORM_REGISTRY_USERNAME</c> and <c>PLATFORM_REGISTRY_PASSWORD</c> are for: no other is sent them.</param>
    /// <param name="ecr">Asked for hosts of ECR.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="home">The user's home folder.</param>
    public static CredentialSource Of(string? target, CredentialSource ecr, Func<string, string?> variable, string home) => async (host, cancellationToken) =>
        FromEnvironment(target, variable, host)
        ?? (RegistryProblems.IsEcr(host)
            ? await OfEcrAsync(ecr, DockerCredentials.Files(variable, home), host, cancellationToken)
            : await DockerCredentials.FindAsync(DockerCredentials.Files(variable, home), host, cancellationToken));

    private static async Task<RegistryCredential?> OfEcrAsync(CredentialSource ecr, IEnumerable<string> files, string host, CancellationToken cancellationToken)
    {
        try
        {
            return await ecr(host, cancellationToken);
        }
        catch (DeployException)
        {
            if (await DockerCredentials.FindAsync(files, host, cancellationToken) is { } kept)
            {
                return kept;
            }

            throw;
        }
    }

    private static RegistryCredential.Password? FromEnvironment(string? target, Func<string, string?> variable, string host)
    {
        if (host == target && variable("PLATFORM_REGISTRY_PASSWORD") is { Length: > 0 } password)
        {
            return new RegistryCredential.Password(variable("PLATFORM_REGISTRY_USERNAME") is { Length: > 0 } user ? user : "AWS", new SecretText(password));
        }

        return host == "ghcr.io" && variable("GITHUB_TOKEN") is { Length: > 0 } token && variable("GITHUB_ACTOR") is { Length: > 0 } actor
            ? new RegistryCredential.Password(actor, new SecretText(token))
            : null;
    }
}
