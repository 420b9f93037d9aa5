using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Tests.KubernetesObjects;

/// <summary>
/// Kubernetes' own OpenAPI definitions, read strictly: what they do not name is a finding, although a server would drop it or take it.
/// </summary>
internal sealed partial class OfficialSchema
{
    private readonly Dictionary<string, JsonElement> _definitions;
    private readonly Dictionary<string, JsonElement> _kinds = [];

    public OfficialSchema(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        _definitions = document.RootElement.GetProperty("definitions").Clone().EnumerateObject().ToDictionary(definition => definition.Name, definition => definition.Value);
        foreach (var definition in _definitions.Values)
        {
            if (definition.TryGetProperty("x-kubernetes-group-version-kind", out var kinds))
            {
                foreach (var kind in kinds.EnumerateArray())
                {
                    var (group, version) = (kind.GetProperty("group").GetString(), kind.GetProperty("version").GetString());
                    _ = _kinds.TryAdd($"{(group is "" ? "" : group + "/")}{version} {kind.GetProperty("kind").GetString()}", definition);
                }
            }
        }
    }

    public bool Knows(string apiVersion, string kind) => _kinds.ContainsKey($"{apiVersion} {kind}");

    /// <summary>A line for each thing that is wrong; none where the object is as the definition says.</summary>
    public IEnumerable<string> Findings(string apiVersion, string kind, JsonElement value) => Check(_kinds[$"{apiVersion} {kind}"], value, "");

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Check(_definitions[reference.GetString()!["#/definitions/".Length..]], value, path);
        }

        return (Text(schema, "type"), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) => CheckObject(schema, value, path),
            ("array", JsonValueKind.Array) => value.EnumerateArray().SelectMany((item, index) => Check(schema.GetProperty("items"), item, $"{path}[{index}]")),
            ("string", JsonValueKind.String) => CheckText(schema, value.GetString()!, path),
            ("string", JsonValueKind.Number) when Text(schema, "format") == "int-or-string" => [],
            ("integer", JsonValueKind.Number) when value.TryGetInt64(out _) => [],
            ("number", JsonValueKind.Number) => [],
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            (null, _) => [],
            var (expected, found) => [$"{path}: {expected} expected, {found} found"],
        };
    }

    private IEnumerable<string> CheckObject(JsonElement schema, JsonElement value, string path)
    {
        var properties = schema.TryGetProperty("properties", out var named) ? named : default;
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{path}.{member.Name}";
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var property))
            {
                foreach (var finding in Check(property, member.Value, place))
                {
                    yield return finding;
                }
            }
            else if (schema.TryGetProperty("additionalProperties", out var additional))
            {
                foreach (var finding in Check(additional, member.Value, place))
                {
                    yield return finding;
                }
            }
            else
            {
                yield return $"{place}: unknown";
            }
        }

        foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(required.GetString()!, out _))
            {
                yield return $"{path}.{required.GetString()}: missing";
            }
        }
    }

    private static IEnumerable<string> CheckText(JsonElement schema, string text, string path)
    {
        if (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(word => word.GetString() != text))
        {
            yield return $"{path}: '{text}' is none of its words";
        }

        if (Text(schema, "format") == "byte" && !Base64().IsMatch(text))
        {
            yield return $"{path}: no base64";
        }
    }

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex("^[A-Za-z0-9+/]*={0,2}$")]
    private static partial Regex Base64();
}
