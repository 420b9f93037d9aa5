namespace Platform.Deploy.Model;

/// <summary>Name of an image, complete: <c>docker.io/library/redis:7.4</c>.</summary>
/// <param name="Repository">With its host.</param>
/// <param name="Tag">Null where there is none.</param>
/// <param name="Digest">Such as <c>sha256:…</c>; null where there is none.</param>
internal sealed record ImageReference(string Repository, string? Tag, string? Digest)
{
    private const string DockerHub = "docker.io";

    /// <summary>Whether another image may come under the same name tomorrow without anybody's doing here.</summary>
    public bool IsMoving => Digest is null && Tag is null or "latest";

    /// <summary>Null: the text is no name of an image.</summary>
    public static ImageReference? Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : text[(at + 1)..];
        var name = at < 0 ? text : text[..at];
        var colon = name.LastIndexOf(':');
        var tag = colon > name.LastIndexOf('/') ? name[(colon + 1)..] : null;
        var repository = tag is null ? name : name[..colon];
        if (!IsRepository(repository) || (tag is not null && !IsTag(tag)) || (digest is not null && !IsDigest(digest)))
        {
            return null;
        }

        // As Docker has it: a first part without dot, colon or the name localhost is no host.
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? "" : repository[..slash];
        var hasHost = host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost";
        if (!hasHost && host.Any(char.IsAsciiLetterUpper))
        {
            return null;
        }

        var complete = hasHost ? repository : slash < 0 ? $"{DockerHub}/library/{repository}" : $"{DockerHub}/{repository}";
        return new ImageReference(complete.StartsWith("index.docker.io/", StringComparison.Ordinal) ? DockerHub + complete["index.docker.io".Length..] : complete, tag, digest);
    }

    public override string ToString() => $"{Repository}{(Tag is null ? Digest is null ? ":latest" : "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static bool IsRepository(string text)
    {
        var parts = text.Split('/');
        return parts.Select((part, i) => (Part: part, IsHost: i == 0 && parts.Length > 1)).All(item =>
            item.Part.Length > 0
            && char.IsAsciiLetterOrDigit(item.Part[0])
            && char.IsAsciiLetterOrDigit(item.Part[^1])
            && item.Part.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-' or '_'
                || (item.IsHost && (character == ':' || char.IsAsciiLetterUpper(character)))));
    }

    private static bool IsTag(string text) =>
        text.Length is >= 1 and <= 128 && text[0] is not ('.' or '-') && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');

    private static bool IsDigest(string text) =>
        text.Length == "sha256:".Length + 64 && text.StartsWith("sha256:", StringComparison.Ordinal) && text["sha256:".Length..].All(char.IsAsciiHexDigitLower);
}
