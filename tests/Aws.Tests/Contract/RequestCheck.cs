using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Aws.Tests;

/// <summary>Holds a request against the model: everything in it has to be known there, everything required has to be in it, idempotency tokens above all.</summary>
internal static partial class RequestCheck
{
    public static IEnumerable<string> Findings(Operation operation, SentRequest request) => operation.Model.Protocol switch
    {
        "json" => OfJson(operation, request),
        "rest-json" => OfRest(operation, request),
        _ => OfForm(operation, request),
    };

    private static IEnumerable<string> OfJson(Operation operation, SentRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return [
            .. Differ("target", $"{operation.Model.Metadata("targetPrefix")}.{operation.Name}", request.Headers["x-amz-target"]),
            .. Differ("content type", $"application/x-amz-json-{operation.Model.Metadata("jsonVersion")}", request.Headers["content-type"]),
            .. operation.Input is { } input ? OfStructure(input, body.RootElement, operation.Name) : []];
    }

    private static List<string> OfRest(Operation operation, SentRequest request)
    {
        var pattern = "^" + PathParameter().Replace(operation.Path, "[^/]+") + "$";
        var query = Pairs(request.Url.Query.TrimStart('?')).ToList();
        var known = operation.Input?.Members.Where(member => member.Location == "querystring").ToDictionary(member => member.WireName) ?? [];
        var parts = operation.Input?.Members.Where(member => member.Location is null).ToList() ?? [];
        var findings = new List<string>();
        findings.AddRange(Differ("method", operation.Method, request.Method));
        findings.AddRange(Regex.IsMatch(request.Url.AbsolutePath, pattern) ? [] : [$"{operation.Name}: the path {request.Url.AbsolutePath} is not {operation.Path}"]);
        findings.AddRange(query.SelectMany(pair => known.TryGetValue(pair.Name, out var member) ? OfText(member.Shape, pair.Value, pair.Name) : [$"{operation.Name}: no parameter {pair.Name}"]));
        if (request.Body.Length > 0)
        {
            using var body = JsonDocument.Parse(request.Body);
            findings.AddRange(OfMembers(parts, body.RootElement, operation.Name));
        }

        return findings;
    }

    private static IEnumerable<string> OfForm(Operation operation, SentRequest request)
    {
        var isEc2 = operation.Model.Protocol == "ec2";
        var fields = Pairs(request.Body).ToList();
        var names = fields.Select(field => field.Name).ToList();
        return [
            .. Differ("action", operation.Name, fields.First(field => field.Name == "Action").Value),
            .. Differ("version", operation.Model.Metadata("apiVersion") ?? "", fields.First(field => field.Name == "Version").Value),
            .. fields.Where(field => field.Name is not ("Action" or "Version"))
                .SelectMany(field => operation.Input is { } input ? OfField(input, field.Name.Split('.'), field.Value, field.Name, isEc2) : [$"{operation.Name} takes nothing: {field.Name}"]),
            .. operation.Input is { } whole
                ? from member in whole.Members
                  where member.IsRequired || member.IsToken
                  let name = isEc2 ? member.Ec2Name : member.WireName
                  where !names.Any(field => field == name || field.StartsWith(name + ".", StringComparison.Ordinal))
                  select $"{operation.Name}: {name} is missing"
                : []];
    }

    private static IEnumerable<string> OfField(Shape shape, ReadOnlyMemory<string> path, string value, string field, bool isEc2)
    {
        if (path.Length == 0)
        {
            return OfText(shape, value, field);
        }

        var step = path.Span[0];
        switch (shape.Type)
        {
            case "structure":
                var member = shape.Members.FirstOrDefault(candidate => (isEc2 ? candidate.Ec2Name : candidate.WireName) == step);
                return member is null ? [$"{field}: {shape.Name} has no {step}"] : OfField(member.Shape, path[1..], value, field, isEc2);
            case "list":
                var skip = isEc2 ? 0 : 1;
                return !isEc2 && step != shape.Item.WireName ? [$"{field}: {step} is no {shape.Item.WireName}"]
                    : !int.TryParse(path.Span[skip], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? [$"{field}: no number in a list"]
                    : OfField(shape.Item.Shape, path[(skip + 1)..], value, field, isEc2);
            default:
                return [$"{field}: {shape.Name} is a {shape.Type}"];
        }
    }

    private static IEnumerable<string> OfStructure(Shape shape, JsonElement value, string path) => OfMembers([.. shape.Members], value, path);

    private static IEnumerable<string> OfMembers(List<Member> members, JsonElement value, string path) =>
        value.EnumerateObject()
            .SelectMany(property => members.Find(member => member.WireName == property.Name) is { } member ? OfValue(member.Shape, property.Value, $"{path}.{property.Name}") : [$"{path}: no {property.Name}"])
            .Concat(members.Where(member => (member.IsRequired || member.IsToken) && !value.TryGetProperty(member.WireName, out _)).Select(member => $"{path}: {member.WireName} is missing"));

    private static IEnumerable<string> OfValue(Shape shape, JsonElement value, string path) => (shape.Type, value.ValueKind) switch
    {
        ("structure", JsonValueKind.Object) => OfStructure(shape, value, path),
        ("list", JsonValueKind.Array) => value.EnumerateArray().SelectMany(item => OfValue(shape.Item.Shape, item, path)),
        ("string", JsonValueKind.String) => OfText(shape, value.GetString() ?? "", path),
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("integer" or "long", JsonValueKind.Number) => [],
        _ => [$"{path}: {value.ValueKind} where a {shape.Type} is wanted"],
    };

    private static IEnumerable<string> OfText(Shape shape, string value, string path) => shape.Type switch
    {
        "string" => shape.Enum is { Length: > 0 } allowed && !allowed.Contains(value) ? [$"{path}: {value} is none of {string.Join(", ", allowed)}"] : [],
        "boolean" => value is "true" or "false" ? [] : [$"{path}: {value} is no flag"],
        "integer" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? [] : [$"{path}: {value} is no number"],
        _ => [$"{path}: a text where a {shape.Type} is wanted"],
    };

    private static IEnumerable<string> Differ(string what, string expected, string actual) => expected == actual ? [] : [$"{what}: {actual} where {expected} is wanted"];

    private static IEnumerable<(string Name, string Value)> Pairs(string text) =>
        from pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        let parts = pair.Split('=', 2)
        select (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathParameter();
}
