using Platform.Deploy.Oci;

namespace Platform.Deploy.Images;

/// <summary>What images are called beside their digest: version, commit, and whether there was more than the commit. Never <c>latest</c>.</summary>
internal static class ImageTag
{
    private const int Limit = 128;

    /// <summary>Whether a text can take the place of the version.</summary>
    public static bool IsVersion(string text) =>
        text.Length is > 0 and <= Limit / 2 && text != "latest" && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    /// <param name="version">Of the sources, or what the user wants in its place.</param>
    /// <param name="revision">Null outside of a repository: then the content stands in for the commit.</param>
    /// <param name="digest">Of the image.</param>
    public static string Of(string version, SourceRevision? revision, Digest digest)
    {
        var suffix = revision is null ? digest.Short : revision.Dirty ? $"{revision.Short}-dirty" : revision.Short;
        var start = new string([.. version.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '-')]).TrimStart('.', '-');
        return $"{start[..Math.Min(start.Length, Limit - suffix.Length - digest.Short.Length - 2)]}-{suffix}";
    }

    /// <summary>
    /// The same with the content behind it: where the tag names another image, because the commit was built with another SDK or other settings, or
    /// there are changes that are not committed.
    /// </summary>
    public static string Distinct(string tag, Digest digest) => $"{tag}-{digest.Short}";
}
