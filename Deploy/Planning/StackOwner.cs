using System.Collections.Immutable;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Planning;

/// <summary>Whose a stack is: the tool touches none that it did not make for the same application and environment.</summary>
internal static class StackOwner
{
    private static readonly ImmutableArray<string> Keys = ["app", "env", "managed-by"];

    /// <summary>Those of our tags that it does not have, as <c>key=value</c>.</summary>
    /// <param name="tags">Of the stack.</param>
    /// <param name="wanted">Of the stack that would be made.</param>
    public static ImmutableArray<string> Lacks(ImmutableArray<AwsTag> tags, ImmutableSortedDictionary<string, string> wanted) =>
        [.. Keys.Where(wanted.ContainsKey).Where(key => !tags.Contains(new AwsTag(key, wanted[key]))).Select(key => $"{key}={wanted[key]}")];

    /// <summary>What it has in the place of ours.</summary>
    public static ImmutableArray<string> Has(ImmutableArray<AwsTag> tags) => [.. tags.Where(tag => Keys.Contains(tag.Key)).Select(tag => $"{tag.Key}={tag.Value}")];
}
