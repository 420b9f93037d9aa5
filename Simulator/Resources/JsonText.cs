using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>JSON as CloudFormation takes it: numbers and booleans are also texts.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where it is no text.</returns>
    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <returns>The text of a scalar; null where it is an object, a list or null.</returns>
    public static string? AsScalar(this JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToJsonString(),
        }
        : null;

    public static bool IsTrue(this JsonNode? node) => string.Equals(node.AsScalar(), "true", StringComparison.OrdinalIgnoreCase);

    public static int? AsNumber(this JsonNode? node) => int.TryParse(node.AsScalar(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<string> AsTexts(this JsonNode? node) => (node as JsonArray)?.Select(AsScalar).OfType<string>() ?? (node.AsScalar() is { } one ? [one] : []);

    /// <param name="path">With dots: <c>ResourcesVpcConfig.SubnetIds</c>.</param>
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (current, name) => (current as JsonObject)?[name]);

    public static JsonNode Text(string text) => JsonValue.Create(text);

    public static string Write(this JsonNode node) => node.ToJsonString(Plain);

    /// <summary>Whether they mean the same: the order of members does not count, and <c>"1"</c> is <c>1</c>.</summary>
    public static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (null, null) => true,
        (JsonObject left, JsonObject right) => left.Count == right.Count && left.All(member => right.ContainsKey(member.Key) && Same(member.Value, right[member.Key])),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second)),
        (JsonValue, JsonValue) => one.AsScalar() == other.AsScalar(),
        _ => false,
    };
}
