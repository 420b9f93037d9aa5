using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Deploy.Planning;

/// <summary>One text for everything that a plan depends on.</summary>
internal static class Fingerprint
{
    public static string Of(ImmutableSortedDictionary<string, string> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in facts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{value}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The facts that differ, each with what was and what is, for the message that a plan holds no longer.</summary>
    public static ImmutableArray<string> Differences(ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> now) =>
    [
        .. before.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => (before.GetValueOrDefault(name), now.GetValueOrDefault(name)) switch
            {
                (null, { } value) => $"{name}: new, {Short(value)}",
                ({ } value, null) => $"{name}: gone, was {Short(value)}",
                var (was, value) => $"{name}: was {Short(was ?? "")}, is {Short(value ?? "")}",
            }),
    ];

    // A digest is known by its beginning.
    private static string Short(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigitLower) ? value[..12] : value;
}
