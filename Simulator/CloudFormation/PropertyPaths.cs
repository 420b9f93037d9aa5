using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>Where in a property two values differ.</summary>
internal static class PropertyPaths
{
    /// <summary>Goes down as long as only one member differs.</summary>
    public static (string Path, JsonNode? Before, JsonNode? After) Difference(string path, JsonNode? before, JsonNode? after)
    {
        var members = Members(path, before, after);
        return members is [var only] ? Difference(only.Path, only.Before, only.After) : (path, before, after);
    }

    /// <summary>All members, at any depth, that differ.</summary>
    public static IEnumerable<(string Path, JsonNode? Before, JsonNode? After)> Differences(string path, JsonNode? before, JsonNode? after) =>
        JsonText.Same(before, after) ? []
        : Members(path, before, after) is { Count: > 0 } members ? members.SelectMany(member => Differences(member.Path, member.Before, member.After))
        : [(path, before, after)];

    /// <summary>A text as it is, all else as JSON.</summary>
    public static string? Shown(JsonNode? value) => value is null ? null : value.AsScalar() ?? value.Write();

    private static List<(string Path, JsonNode? Before, JsonNode? After)> Members(string path, JsonNode? before, JsonNode? after) => (before, after) switch
    {
        (JsonObject left, JsonObject right) =>
        [
            .. left.Select(member => member.Key).Union(right.Select(member => member.Key))
                .Where(name => !JsonText.Same(left[name], right[name]))
                .Select(name => ($"{path}/{name}", left[name], right[name])),
        ],
        (JsonArray left, JsonArray right) when left.Count == right.Count =>
        [
            .. left.Zip(right).Index()
                .Where(item => !JsonText.Same(item.Item.First, item.Item.Second))
                .Select(item => (string.Create(CultureInfo.InvariantCulture, $"{path}/{item.Index}"), item.Item.First, item.Item.Second)),
        ],
        _ => [],
    };
}
