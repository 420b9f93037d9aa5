using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What stands before the names of repositories: a host, and on some registries a path, such as <c>ghcr.io/owner</c>.</summary>
/// <param name="Path">Empty where there is none.</param>
internal sealed record RegistryPrefix(string Host, string Path)
{
    /// <exception cref="DeployException">It is no address of a registry.</exception>
    public static RegistryPrefix Read(string text, string subject)
    {
        // As a reference it has to have a host of its own, which 'owner/name' has not.
        var reference = ImageReference.Parse($"{text.TrimEnd('/')}/name");
        if (reference is not { Tag: null, Digest: null } || !reference.Repository.StartsWith(text.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new DeployException(ImageProblems.NoRegistry(text, subject));
        }

        var parts = text.TrimEnd('/').Split('/', 2);
        return new RegistryPrefix(parts[0], parts.Length == 2 ? parts[1] : "");
    }

    /// <param name="name">Without the registry, such as <c>shop/web</c>.</param>
    public RepositoryAddress Repository(string name) => new(Host, Path.Length == 0 ? name : $"{Path}/{name}");

    /// <summary>The name of one of its repositories, without the registry.</summary>
    public string NameOf(RepositoryAddress repository) => Path.Length == 0 ? repository.Name : repository.Name[(Path.Length + 1)..];
}
