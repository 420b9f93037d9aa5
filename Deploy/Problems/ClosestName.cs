namespace Platform.Deploy.Problems;

/// <summary>Finds what somebody may have meant.</summary>
internal static class ClosestName
{
    /// <summary>The known name that differs least, by at most a third of its characters; null where none is near.</summary>
    public static string? Among(IEnumerable<string> known, string written)
    {
        var upper = written.ToUpperInvariant();
        string? closest = null;
        var least = int.MaxValue;
        foreach (var name in known)
        {
            var most = Math.Max(1, name.Length / 3);
            if (Math.Abs(name.Length - written.Length) > Math.Min(most, least))
            {
                continue;
            }

            var distance = Distance(name.ToUpperInvariant(), upper, Math.Min(most, least));
            if (distance <= most && (distance < least || (distance == least && string.CompareOrdinal(name, closest) < 0)))
            {
                (closest, least) = (name, distance);
            }
        }

        return closest;
    }

    // Insertions, deletions, replacements, and two neighbours that changed places; given up where it gets more than is of interest.
    private static int Distance(string left, string right, int most)
    {
        int[] beforeLast = [], last = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            if (row.Min() > most && last.Min() > most)
            {
                return int.MaxValue;
            }

            (beforeLast, last) = (last, row);
        }

        return last[right.Length];
    }
}
