using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Finds the key that somebody may have meant.</summary>
internal static class UnknownKeys
{
    /// <param name="node">Where the segment was looked for.</param>
    /// <param name="path">The path of that place.</param>
    /// <returns>The whole key; null where none is near.</returns>
    public static string? Closest(SettingNode node, ImmutableArray<string> path, string segment)
    {
        if (ClosestName.Among(node.Members.Keys, segment) is { } sibling)
        {
            return SettingPath.Key(path.Add(sibling));
        }

        // The right name in the wrong group: 'natGateways' outside of 'network'.
        var last = segment.Split('.')[^1];
        var places = SettingCatalogue.All
            .Where(setting => !setting.Key.Contains('*', StringComparison.Ordinal) && setting.Key.EndsWith("." + last, StringComparison.OrdinalIgnoreCase))
            .Take(2).ToList();
        return places.Count == 1 ? places[0].Key : null;
    }
}
