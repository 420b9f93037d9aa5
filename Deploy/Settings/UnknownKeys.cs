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
        return SettingCatalogue.All
            .Select(setting => setting.Key)
            .Where(key => !key.Contains('*', StringComparison.Ordinal) && key.EndsWith("." + last, StringComparison.OrdinalIgnoreCase))
            .GroupBy(key => key.Count(character => character == '.'))
            .MinBy(depth => depth.Key) is { } nearest && nearest.Count() == 1 ? nearest.Single() : null;
    }
}
