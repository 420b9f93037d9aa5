namespace Platform.Deploy.Images;

/// <summary>All that an image is made from, as one text: equal ones give the same image.</summary>
internal abstract record ImageInputs
{
    private ImageInputs()
    {
    }

    /// <summary>The tag that an image has in the registry for being found by what it was made from.</summary>
    public static string Tag(Known known) => $"inputs-{known.Hash}";

    /// <summary>Whether a tag is one of those, which are for programs and not for people.</summary>
    public static bool IsTag(string tag) => tag.StartsWith("inputs-", StringComparison.Ordinal);

    /// <param name="Hash">32 hexadecimal digits.</param>
    public sealed record Known(string Hash) : ImageInputs
    {
        /// <summary>Of the project's own sources; null outside of a repository. The hash has it too.</summary>
        public SourceRevision? Revision { get; init; }
    }

    /// <param name="Because">Follows upon "as".</param>
    public sealed record Unknown(string Because) : ImageInputs;
}
