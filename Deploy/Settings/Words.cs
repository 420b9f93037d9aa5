using System.Collections.Immutable;
using System.Text;

namespace Platform.Deploy.Settings;

/// <summary>The words of an enumeration as they are written: <c>ManagedNodeGroups</c> is <c>managed-node-groups</c>.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();

    public static ImmutableArray<string> All { get; } = [.. Enum.GetNames<T>().Select(Written)];

    /// <param name="word">One of <see cref="All"/>.</param>
    public static T Parse(string word) => Values[All.IndexOf(word)];

    public static string Of(T value) => All[Array.IndexOf(Values, value)];

    private static string Written(string name)
    {
        var word = new StringBuilder(name.Length + 2);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterUpper(character) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(character));
        }

        return word.ToString();
    }
}
