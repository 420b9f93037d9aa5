using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Platform.Deploy.Aws.Tests;

/// <summary>
/// An answer in which every field that the model knows has a value: a text names its field, a number is 7, a flag true, a list has one
/// member. What a client does not find in it, it looks for under a name that AWS does not send.
/// </summary>
internal static class SampleAnswer
{
    public const string Time = "2026-11-23T10:20:30Z";
    public const string Mark = "text of ";
    public const long Seconds = 1_795_429_230;

    public static string Of(Operation operation)
    {
        if (operation.Model.Protocol is "json" or "rest-json")
        {
            return operation.Output is { } output ? Json(output, "", []).ToJsonString() : "{}";
        }

        XNamespace space = operation.Model.Metadata("xmlNamespace") ?? "http://ec2.amazonaws.com/doc/2016-11-15/";
        var root = new XElement(space + $"{operation.Name}Response");
        var fields = operation.Output is { } result ? Xml(space, result, []) : [];
        root.Add(operation.ResultWrapper is { } wrapper ? new XElement(space + wrapper, fields) : fields);
        return root.ToString();
    }

    private static JsonNode Json(Shape shape, string name, string[] above) => shape.Type switch
    {
        "structure" => new JsonObject(
            from member in shape.Members
            where !above.Contains(member.Shape.Name)
            select KeyValuePair.Create<string, JsonNode?>(member.WireName, Json(member.Shape, member.Name, [.. above, shape.Name]))),
        "list" => new JsonArray(Json(shape.Item.Shape, name, above)),
        "map" => new JsonObject { [Text(shape.Key.Shape, "key")] = Json(shape.Value.Shape, name, above) },
        "boolean" => true,
        "integer" or "long" or "double" or "float" => 7,
        "timestamp" => Seconds,
        _ => Text(shape, name),
    };

    private static XElement[] Xml(XNamespace space, Shape structure, string[] above) =>
        [.. from member in structure.Members where !above.Contains(member.Shape.Name) select Xml(space, member.WireName, member.Name, member.Shape, [.. above, structure.Name])];

    private static XElement Xml(XNamespace space, string element, string name, Shape shape, string[] above) => shape.Type switch
    {
        "structure" => new XElement(space + element, Xml(space, shape, above)),
        "list" => new XElement(space + element, Xml(space, shape.Item.WireName, name, shape.Item.Shape, above)),
        "map" => new XElement(space + element),
        "boolean" => new XElement(space + element, "true"),
        "integer" or "long" or "double" or "float" => new XElement(space + element, "7"),
        "timestamp" => new XElement(space + element, Time),
        _ => new XElement(space + element, Text(shape, name)),
    };

    private static string Text(Shape shape, string name) => shape.Enum is [var first, ..] ? first : Mark + name;
}
