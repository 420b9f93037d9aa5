using System.Security.Cryptography;
using System.Text;

namespace Platform.Deploy.Images;

/// <summary>All that an image is made from, as one text: equal ones give the same image.</summary>
internal abstract record ImageInputs
{
    private ImageInputs()
    {
    }

    /// <summary>The tag that an image has in the registry for being found by what it was made from.</summary>
    /// <param name="known">The sources and the settings.</param>
    /// <param name="sdk">Version of the .NET SDK.</param>
    public static string Tag(Known known, string sdk) => $"inputs-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{known.Hash} {sdk}")))[..32]}";

    /// <summary>Whether a tag is one of those, which are for programs and not for people.</summary>
    public static bool IsTag(string tag) => tag.StartsWith("inputs-", StringComparison.Ordinal);

    /// <param name="Hash">Of everything but the SDK.</param>
    public sealed record Known(string Hash) : ImageInputs
    {
        /// <summary>Of the project's own sources; null outside of a repository. The hash has it too.</summary>
        public SourceRevision? Revision { get; init; }
    }

    /// <param name="Because">Follows upon "as".</param>
    public sealed record Unknown(string Because) : ImageInputs;
}
