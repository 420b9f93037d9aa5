using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Simulator.Protocols;

/// <summary>Long lists in pages; a token is the number of the first item.</summary>
internal static class Paging
{
    /// <param name="token">Null: from the first.</param>
    /// <returns>The page, and the token of the one behind it; null on the last.</returns>
    public static (ImmutableArray<T> Items, string? Next) Page<T>(IEnumerable<T> all, string? token, int most)
    {
        var start = 0;
        if (token is { Length: > 0 } && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            throw new ServiceError("InvalidNextToken", "The specified token is not valid.", 400);
        }

        ImmutableArray<T> rest = [.. all.Skip(start)];
        return rest.Length <= most ? (rest, null) : (rest[..most], (start + most).ToString(CultureInfo.InvariantCulture));
    }
}
