using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Finds the key that somebody may have meant.</summary>
internal static class UnknownKeys
{
    /// <param name="node">Where the first segment was looked for.</param>
    /// <param name="path">The path of that place.</param>
    /// <param name="segments">The rest of the key as it was written; at least one.</param>
    /// <returns>The whole key, or as much of it as is near; null where nothing is.</returns>
    public static string? Closest(SettingNode node, ImmutableArray<string> path, params ImmutableArray<string> segments)
    {
        var near = path;
        foreach (var segment in segments)
        {
            if (ClosestName.Among(node.Members.Keys, segment) is not { } sibling)
            {
                break;
            }

            near = near.Add(sibling);
            node = node.Members[sibling];
        }

        if (near.Length > path.Length)
        {
            return SettingPath.Key(near);
        }

        // The right name in the wrong group: 'natGateways' outside of 'network'.
        var last = segments[^1].Split('.')[^1];
        return SettingCatalogue.All
            .Select(setting => setting.Key)
            .Where(key => !key.Contains('*', StringComparison.Ordinal) && key.EndsWith("." + last, StringComparison.OrdinalIgnoreCase))
            .GroupBy(key => key.Count(character => character == '.'))
            .MinBy(depth => depth.Key) is { } nearest && nearest.Count() == 1 ? nearest.Single() : null;
    }
}
