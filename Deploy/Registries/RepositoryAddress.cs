using System.Text.RegularExpressions;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>A repository of a registry.</summary>
/// <param name="Host">With the port where it is not the scheme's, such as <c>ghcr.io</c> or <c>localhost:5000</c>.</param>
/// <param name="Name">Such as <c>library/redis</c>.</param>
internal sealed record RepositoryAddress(string Host, string Name)
{
    public override string ToString() => $"{Host}/{Name}";
}

/// <summary>An image by name, with a tag, a digest, or both. A digest wins over the tag.</summary>
internal sealed partial record ImageReference(RepositoryAddress Repository, string? Tag, Oci.Digest? Digest)
{
    private const string DockerHub = "docker.io";

    /// <summary>What to ask the registry for.</summary>
    public string Target => Digest?.ToString() ?? Tag ?? "latest";

    /// <summary>
    /// Reads what people write: <c>redis</c>, <c>redis:7.4</c>, <c>ghcr.io/owner/app@sha256:…</c>. Without a host it is Docker Hub, without an
    /// owner there its library.
    /// </summary>
    /// <returns>Null where the text is no reference.</returns>
    public static ImageReference? Parse(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success || (match.Groups["digest"].Success && !Oci.Digest.TryParse(match.Groups["digest"].Value, out _)))
        {
            return null;
        }

        var host = match.Groups["host"].Value;
        var name = match.Groups["name"].Value;
        if (host.Length == 0 || host == "index.docker.io")
        {
            host = DockerHub;
        }

        if (host == DockerHub && !name.Contains('/', StringComparison.Ordinal))
        {
            name = "library/" + name;
        }

        var tag = match.Groups["tag"] is { Success: true } found ? found.Value : null;
        return new ImageReference(new RepositoryAddress(host, name), tag, Oci.Digest.TryParse(match.Groups["digest"].Value, out var digest) ? digest : null);
    }

    /// <summary>The same, for what has to be a reference.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="subject">Where it was written.</param>
    /// <exception cref="DeployException">It is none.</exception>
    public static ImageReference Read(string text, string? subject) =>
        Parse(text) ?? throw new DeployException(RegistryProblems.NoReference(text, subject));

    public static bool IsTag(string text) => TagGrammar().IsMatch(text);

    public override string ToString() => $"{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    // The first part is a host where it has a dot or a port, or is localhost: so Docker tells 'owner/app' from 'host/app'.
    [GeneratedRegex(
        """
        \A(?:(?<host>(?:localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+(?=:\d))(?::\d+)?)/)?
        (?<name>[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*)
        (?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagGrammar();
}
