using System.Collections.Immutable;
using System.Text;

namespace Platform.Deploy.Settings;

/// <summary>
/// The words of an enumeration as they are written: <c>ManagedNodeGroups</c> is <c>managed-node-groups</c>. Not generic: the code of each
/// instance would be compiled when the tool starts.
/// </summary>
internal static class SettingWords
{
    /// <param name="enumeration">Whose values are 0, 1, 2, …</param>
    public static ImmutableArray<string> All(Type enumeration)
    {
        var names = Enum.GetNames(enumeration);
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Written(names[i]);
        }

        return [.. names];
    }

    public static string Of(Enum value) => Written(value.ToString());

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
