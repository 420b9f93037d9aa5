using System.Globalization;
using System.Text.Json;

namespace Platform.Deploy.Rendering;

/// <summary>The operations of RFC 6902 that make one object of another.</summary>
internal static class ObjectDifference
{
    /// <summary>In the order in which they have to be done; none where the two are equal.</summary>
    public static List<PatchOperation> Between(JsonElement before, JsonElement after)
    {
        var operations = new List<PatchOperation>();
        Compare(before, after, "", operations);
        return operations;
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<PatchOperation> operations)
    {
        json.WriteStartArray();
        foreach (var operation in operations)
        {
            json.WriteStartObject();
            json.WriteString("op", operation.Operation);
            json.WriteString("path", operation.Path);
            if (operation.Value is { } value)
            {
                json.WritePropertyName("value");
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Compare(JsonElement before, JsonElement after, string path, List<PatchOperation> operations)
    {
        if (JsonElement.DeepEquals(before, after))
        {
            return;
        }

        switch (before.ValueKind, after.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(before, after, path, operations);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays([.. before.EnumerateArray()], [.. after.EnumerateArray()], path, operations);
                break;
            default:
                operations.Add(new PatchOperation("replace", path, after));
                break;
        }
    }

    private static void CompareObjects(JsonElement before, JsonElement after, string path, List<PatchOperation> operations)
    {
        foreach (var member in before.EnumerateObject())
        {
            if (after.TryGetProperty(member.Name, out var value))
            {
                Compare(member.Value, value, $"{path}/{Escaped(member.Name)}", operations);
            }
            else
            {
                operations.Add(new PatchOperation("remove", $"{path}/{Escaped(member.Name)}", Value: null));
            }
        }

        foreach (var member in after.EnumerateObject().Where(member => !before.TryGetProperty(member.Name, out _)))
        {
            operations.Add(new PatchOperation("add", $"{path}/{Escaped(member.Name)}", member.Value));
        }
    }

    // Items that are equal at both ends stay. Between them as many as possible are changed in place, the rest is removed or added.
    private static void CompareArrays(JsonElement[] before, JsonElement[] after, string path, List<PatchOperation> operations)
    {
        var shorter = Math.Min(before.Length, after.Length);
        var head = 0;
        while (head < shorter && JsonElement.DeepEquals(before[head], after[head]))
        {
            head++;
        }

        var tail = 0;
        while (tail < shorter - head && JsonElement.DeepEquals(before[^(tail + 1)], after[^(tail + 1)]))
        {
            tail++;
        }

        var changed = shorter - head - tail;
        for (var index = head; index < head + changed; index++)
        {
            Compare(before[index], after[index], At(index), operations);
        }

        for (var index = before.Length - tail - 1; index >= head + changed; index--)
        {
            operations.Add(new PatchOperation("remove", At(index), Value: null));
        }

        for (var index = head + changed; index < after.Length - tail; index++)
        {
            operations.Add(new PatchOperation("add", At(index), after[index]));
        }

        string At(int index) => string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");
    }

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <param name="Operation"><c>add</c>, <c>remove</c> or <c>replace</c>.</param>
/// <param name="Path">A JSON pointer.</param>
/// <param name="Value">Null for <c>remove</c>.</param>
internal sealed record PatchOperation(string Operation, string Path, JsonElement? Value);
