using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Protocols;

/// <summary>How AWS writes JSON.</summary>
internal static class AwsJson
{
    /// <summary>Seconds since 1970, with a fraction.</summary>
    public static JsonNode? Time(DateTimeOffset? time) => time is { } value ? JsonValue.Create(value.ToUnixTimeMilliseconds() / 1_000d) : null;

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)JsonValue.Create(text))];

    /// <summary><c>[{"Key":"app","Value":"shop"}]</c>.</summary>
    public static JsonArray Tags(ImmutableSortedDictionary<string, string> tags) =>
        [.. tags.Select(JsonNode? (tag) => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    /// <summary><c>{"app":"shop"}</c>.</summary>
    public static JsonObject TagMap(ImmutableSortedDictionary<string, string> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value))));

    /// <summary>Reads <c>Tags</c> of an input.</summary>
    public static ImmutableSortedDictionary<string, string> ReadTags(CallInput input) =>
        input.Structures("Tags").ToImmutableSortedDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? "", StringComparer.Ordinal);

    /// <summary>Without what is null: AWS leaves absent fields out.</summary>
    public static JsonObject WithoutNulls(JsonObject content)
    {
        foreach (var name in content.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
        {
            content.Remove(name);
        }

        return content;
    }
}
