using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>What happens to a manifest on its way. The same random numbers give the same mutant.</summary>
internal static class Mutation
{
    private static readonly string[] Tokens =
        ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "\\u0000", "null", "true", "-1", "1e999", "0.5", "\"\"", "\"{a.b}\"", "{{{", "\"type\"", "\"value\"",
         "\"resources\":{", "\u202e", "😀"];

    // Valid JSON, and strange for whoever makes names, paths, ports or YAML of it.
    private static readonly string[] Values =
        ["null", "true", "0", "-1", "65535", "65536", "2147483648", "0.5", "{}", "[]", "\"\"", "\" \"", "\"..\"", "\"/\"", "\"a/../..\"", "\"no\"", "\"0123\"", "\"-\"", "\"A__b.c-\"",
         "\"$(A)$\"", "\"{\"", "\"}}{{\"", "\"{{a}}\"", "\"\\u0000\"", "\"a\\r\\nb\\t\"", "\"\\u202e😀é\"", "\"&<>'`\\\\\"", "\"udp\"", "\"https\"", "\"http2\"", "\"localhost:65536/a\"",
         $"\"{new string('x', 300)}\""];

    /// <summary>Mostly no JSON any more.</summary>
    public static byte[] OfBytes(Random random, byte[] file)
    {
        if (file.Length == 0)
        {
            return [.. "{"u8];
        }

        var at = random.Next(file.Length);
        var length = Math.Min(random.Next(1, 40), file.Length - at);
        return random.Next(8) switch
        {
            0 => [.. file[..at], (byte)random.Next(256), .. file[(at + 1)..]],
            1 => [.. file[..at], (byte)(file[at] ^ (1 << random.Next(8))), .. file[(at + 1)..]],
            2 => file[..at],
            3 => [.. file[..at], .. file[(at + length)..]],
            4 => [.. file[..(at + length)], .. file[at..]],
            5 => [.. file[..at], .. Token(random), .. file[at..]],
            6 => ReplaceWord(random, file, at),
            _ => [.. file[..at], .. Enumerable.Repeat((byte)"[{"[random.Next(2)], random.Next(200)), .. file[at..]],
        };
    }

    /// <summary>JSON as before: a value is replaced, taken out, given a second time under another name, or its name changed.</summary>
    public static void OfTree(Random random, JsonNode root)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
        {
            return;
        }

        var place = places[random.Next(places.Count)];
        var other = places[random.Next(places.Count)];
        var value = random.Next(2) == 0 ? JsonNode.Parse(Values[random.Next(Values.Length)]) : other.DeepClone();
        switch (place.Parent, random.Next(5))
        {
            case (JsonObject parent, 0):
                parent.Remove(place.GetPropertyName());
                break;
            case (JsonObject parent, 1):
                parent[Name(random, places)] = place.DeepClone();
                break;
            case (JsonObject parent, 2):
                var name = place.GetPropertyName();
                parent.Remove(name);
                parent[Name(random, places)] = place;
                break;
            case (JsonArray parent, 0):
                parent.RemoveAt(place.GetElementIndex());
                break;
            case (JsonArray parent, 1 or 2):
                parent.Add(place.DeepClone());
                break;
            default:
                place.ReplaceWith(value);
                break;
        }
    }

    private static string Name(Random random, List<JsonNode> places)
    {
        var place = places[random.Next(places.Count)];
        return random.Next(4) switch
        {
            0 when JsonNode.Parse(Values[random.Next(Values.Length)]) is JsonValue value && value.TryGetValue<string>(out var text) => text,
            1 when place.Parent is JsonObject => place.GetPropertyName().ToUpperInvariant(),
            2 when place.Parent is JsonObject => place.GetPropertyName().Replace('-', '_') + "-1",
            _ => place.Parent is JsonObject ? place.GetPropertyName() : "x",
        };
    }

    // Null is no node, and so nothing that could be replaced.
    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        var inner = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return inner.OfType<JsonNode>().SelectMany(child => Places(child).Prepend(child));
    }

    // A whole value or name for another one, so that what is wrong lies deeper than the grammar of JSON.
    private static byte[] ReplaceWord(Random random, byte[] file, int at)
    {
        var open = Array.IndexOf(file, (byte)'"', at);
        var close = open < 0 ? -1 : Array.IndexOf(file, (byte)'"', open + 1);
        return close < 0 ? file : [.. file[..open], .. Token(random), .. file[(close + 1)..]];
    }

    private static byte[] Token(Random random) => Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]);
}
