using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Protocols;

/// <summary>The input of a call, whatever the protocol: of a form <c>Tags.member.1.Key=app</c> became <c>{"Tags":[{"Key":"app"}]}</c>.</summary>
internal sealed class CallInput(JsonObject content)
{
    public static CallInput Empty => new([]);

    public JsonObject Content => content;

    public bool Has(string name) => content[name] is not null;

    /// <summary>Null where it is not given.</summary>
    public string? Text(string name) => content[name] is JsonValue value ? value.ToString() : null;

    /// <exception cref="ServiceError">It is not given.</exception>
    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw ServiceError.Missing(name);

    public bool? Flag(string name) => Text(name) is { } text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : null;

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Empty where it is not given.</summary>
    public ImmutableArray<string> Texts(string name) => content[name] is JsonArray list ? [.. list.OfType<JsonValue>().Select(value => value.ToString())] : [];

    public ImmutableArray<CallInput> Structures(string name) => content[name] is JsonArray list ? [.. list.OfType<JsonObject>().Select(item => new CallInput(item))] : [];

    public CallInput? Structure(string name) => content[name] is JsonObject structure ? new CallInput(structure) : null;

    public static CallInput OfJson(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return Empty;
        }

        try
        {
            return JsonNode.Parse(body.Span) is JsonObject content ? new CallInput(content) : throw ServiceError.Unreadable("the body is no JSON object");
        }
        catch (JsonException broken)
        {
            throw ServiceError.Unreadable(broken.Message);
        }
    }

    /// <summary>Reads a form. Parts of names that are numbers are places in lists; <c>member</c> before them says nothing.</summary>
    public static CallInput OfForm(string body)
    {
        var root = new JsonObject();
        foreach (var pair in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Set(root, Unescaped(parts[0]).Split('.'), parts.Length == 1 ? "" : Unescaped(parts[1]));
        }

        return new CallInput((JsonObject)WithLists(root));
    }

    private static void Set(JsonObject target, string[] path, string value)
    {
        foreach (var part in path[..^1])
        {
            if (target[part] is not JsonObject inner)
            {
                target[part] = inner = [];
            }

            target = inner;
        }

        target[path[^1]] = value;
    }

    private static JsonNode WithLists(JsonObject node)
    {
        if (node.Count == 1 && node["member"] is JsonObject inner)
        {
            return WithLists(inner);
        }

        if (node.Count > 0 && node.All(pair => int.TryParse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return new JsonArray([.. node.OrderBy(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture)).Select(pair => Converted(pair.Value))]);
        }

        return new JsonObject(node.Select(pair => KeyValuePair.Create(pair.Key, Converted(pair.Value))));
    }

    private static JsonNode? Converted(JsonNode? value) => value is JsonObject inner ? WithLists(inner) : value?.DeepClone();

    private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
