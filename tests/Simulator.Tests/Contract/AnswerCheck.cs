using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Platform.Deploy.Aws.Tests;

namespace Platform.Simulator.Tests;

/// <summary>Holds an answer against the model: everything in it has to be known there and of the right type, everything required has to be in it.</summary>
internal static class AnswerCheck
{
    public static IEnumerable<string> Findings(Operation operation, byte[] body)
    {
        var isXml = operation.Model.Protocol is "query" or "ec2";
        if (operation.Output is not { } output)
        {
            return [];
        }

        if (!isXml)
        {
            using var json = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return OfJson(output, json.RootElement.Clone(), operation.Name).ToList();
        }

        using var stream = new MemoryStream(body);
        var root = XElement.Load(stream);
        var result = operation.ResultWrapper is { } wrapper ? root.Elements().FirstOrDefault(element => element.Name.LocalName == wrapper) : root;
        return result is null ? [$"{operation.Name}: no {operation.ResultWrapper}"] : OfXml(output, result, operation.Name, operation.Model.Protocol == "ec2" ? ["requestId"] : []);
    }

    private static IEnumerable<string> OfJson(Shape shape, JsonElement value, string path) => (shape.Type, value.ValueKind) switch
    {
        ("structure", JsonValueKind.Object) =>
            value.EnumerateObject().SelectMany(property => shape.Members.FirstOrDefault(member => member.WireName == property.Name) is { } member
                    ? OfJson(member.Shape, property.Value, $"{path}.{property.Name}")
                    : [$"{path}: {shape.Name} has no {property.Name}"])
                .Concat(shape.Members.Where(member => member.IsRequired && member.Location is null && !value.TryGetProperty(member.WireName, out _)).Select(member => $"{path}: {member.WireName} is missing")),
        ("list", JsonValueKind.Array) => value.EnumerateArray().SelectMany(item => OfJson(shape.Item.Shape, item, path + "[]")),
        ("map", JsonValueKind.Object) => value.EnumerateObject().SelectMany(pair => OfJson(shape.Value.Shape, pair.Value, $"{path}.{pair.Name}")),
        ("string", JsonValueKind.String) => OfText(shape, value.GetString() ?? "", path),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
        ("integer" or "long", JsonValueKind.Number) => value.TryGetInt64(out _) ? [] : [$"{path}: {value} is no whole number"],
        ("double" or "float" or "timestamp", JsonValueKind.Number) => [],
        _ => [$"{path}: {value.ValueKind} where a {shape.Type} is wanted"],
    };

    private static IEnumerable<string> OfXml(Shape shape, XElement element, string path, IReadOnlyList<string> also) => shape.Type switch
    {
        "structure" =>
            element.Elements().Where(child => !also.Contains(child.Name.LocalName)).SelectMany(child => shape.Members.FirstOrDefault(member => member.WireName == child.Name.LocalName) is { } member
                    ? OfXml(member.Shape, child, $"{path}.{child.Name.LocalName}", [])
                    : [$"{path}: {shape.Name} has no {child.Name.LocalName}"])
                .Concat(shape.Members.Where(member => member.IsRequired && element.Elements().All(child => child.Name.LocalName != member.WireName)).Select(member => $"{path}: {member.WireName} is missing")),
        "list" => element.Elements().SelectMany(item => item.Name.LocalName == shape.Item.WireName
            ? OfXml(shape.Item.Shape, item, path + "[]", [])
            : [$"{path}: {item.Name.LocalName} is no {shape.Item.WireName}"]),
        _ => OfText(shape, element.Value, path),
    };

    private static IEnumerable<string> OfText(Shape shape, string text, string path) => shape.Type switch
    {
        // The states of endpoints are capital in the model and small in AWS's answers.
        "string" => shape.Enum.Length == 0 || shape.Enum.Contains(text, StringComparer.OrdinalIgnoreCase) ? [] : [$"{path}: {text} is none of {string.Join(", ", shape.Enum)}"],
        "boolean" => text is "true" or "false" ? [] : [$"{path}: {text} is no boolean"],
        "integer" or "long" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? [] : [$"{path}: {text} is no number"],
        "timestamp" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text.EndsWith('Z') ? [] : [$"{path}: {text} is no time"],
        _ => [],
    };
}
