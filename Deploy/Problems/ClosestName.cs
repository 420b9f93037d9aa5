namespace Platform.Deploy.Problems;

/// <summary>Finds what somebody may have meant.</summary>
internal static class ClosestName
{
    /// <summary>The known name that differs least, by at most a third of its characters; null where none is near.</summary>
    public static string? Among(IEnumerable<string> known, string written) =>
        known
            .Select(name => (Name: name, Distance: Distance(name.ToUpperInvariant(), written.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    // Levenshtein: insertions, deletions and replacements.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
