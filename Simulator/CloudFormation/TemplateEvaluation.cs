using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>What a template's expressions are evaluated against.</summary>
internal sealed record EvaluationScope
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string StackName { get; init; }

    public required string StackId { get; init; }

    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>Resolved: a text, or a list of texts.</summary>
    public required IReadOnlyDictionary<string, JsonNode> Parameters { get; init; }

    /// <summary>The value of another stack's export; null where there is none.</summary>
    public required Func<string, string?> Export { get; init; }

    /// <summary>A resource that exists; null where its name is not known yet.</summary>
    public required Func<string, KnownResource?> Resource { get; init; }
}

/// <param name="Ref">What Ref gives.</param>
/// <param name="Attributes">What Fn::GetAtt gives.</param>
internal sealed record KnownResource(string Ref, JsonObject Attributes);

internal static class PseudoParameters
{
    public static readonly ImmutableHashSet<string> Names =
    [
        "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
    ];
}

/// <summary>An expression that has no value, in CloudFormation's words.</summary>
internal sealed class EvaluationException(string message) : Exception(message);

/// <summary>
/// Evaluates the functions of a template. Values that are known only when their resource is there are <see cref="Unknown"/>, or texts that contain it.
/// </summary>
internal sealed class TemplateEvaluation(Template template, EvaluationScope scope)
{
    /// <summary>As CloudFormation writes it in a change set.</summary>
    public const string Unknown = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private static readonly JsonNode NoValue = JsonText.Text("AWS::NoValue");

    private readonly Dictionary<string, bool> _conditions = [];

    /// <summary>Names of the exports that were read.</summary>
    public SortedSet<string> Imports { get; } = new(StringComparer.Ordinal);

    public bool Holds(string? condition)
    {
        if (condition is null)
        {
            return true;
        }

        if (!_conditions.TryGetValue(condition, out var holds))
        {
            holds = Truth(template.Conditions[condition]);
            _conditions[condition] = holds;
        }

        return holds;
    }

    public JsonObject Properties(JsonObject properties) => Value(properties) as JsonObject ?? [];

    public string Text(JsonNode? node) => Value(node).AsScalar() ?? throw new EvaluationException("Template error: every value of this kind must resolve to a string");

    /// <returns>A tree of its own; null where it is AWS::NoValue.</returns>
    public JsonNode? Value(JsonNode? node)
    {
        var value = Raw(node);
        return ReferenceEquals(value, NoValue) ? null : value;
    }

    private JsonNode? Raw(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(Raw).Where(item => !ReferenceEquals(item, NoValue))]);
            case JsonObject fields when Intrinsic.Of(fields) is var (function, argument) && function != "Condition":
                return Call(function, argument);
            case JsonObject fields:
                return new JsonObject(
                    fields.Select(field => KeyValuePair.Create(field.Key, Raw(field.Value))).Where(field => !ReferenceEquals(field.Value, NoValue)));
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Call(string function, JsonNode? argument) => function switch
    {
        "Ref" => Referenced(argument.AsText() ?? ""),
        "Fn::GetAtt" => Attribute(argument),
        "Fn::Sub" => JsonText.Text(Substituted(argument)),
        "Fn::Join" => Joined(argument),
        "Fn::Split" => Split(argument),
        "Fn::Select" => Selected(argument),
        "Fn::If" => argument is JsonArray { Count: 3 } parts ? Raw(Holds(parts[0].AsText()) ? parts[1] : parts[2]) : throw Malformed(function, "must be a list with three elements"),
        "Fn::ImportValue" => Imported(Text(argument)),
        "Fn::FindInMap" => Mapped(argument),
        "Fn::GetAZs" => new JsonArray([.. scope.Zones.Select(zone => JsonText.Text(zone))]),
        "Fn::Base64" => JsonText.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument)))),
        "Fn::Cidr" => Cidr(argument),
        "Fn::Equals" or "Fn::Not" or "Fn::And" or "Fn::Or" => JsonValue.Create(Truth(new JsonObject { [function] = argument?.DeepClone() })),
        _ => throw new EvaluationException($"Template error: Encountered unsupported function: {function}"),
    };

    private JsonNode? Referenced(string name)
    {
        switch (name)
        {
            case "AWS::NoValue":
                return NoValue;
            case "AWS::NotificationARNs":
                return new JsonArray();
            case "AWS::AccountId":
                return JsonText.Text(scope.AccountId);
            case "AWS::Region":
                return JsonText.Text(scope.Region);
            case "AWS::Partition":
                return JsonText.Text("aws");
            case "AWS::URLSuffix":
                return JsonText.Text("amazonaws.com");
            case "AWS::StackName":
                return JsonText.Text(scope.StackName);
            case "AWS::StackId":
                return JsonText.Text(scope.StackId);
            default:
                return scope.Parameters.TryGetValue(name, out var value) ? value.DeepClone() : JsonText.Text(scope.Resource(name)?.Ref ?? Unknown);
        }
    }

    private JsonNode? Attribute(JsonNode? argument) =>
        TemplateReferences.AttributeOf(argument) is var (resource, attribute) ? Attribute(resource, attribute) : throw Malformed("Fn::GetAtt", "must be a list with two elements");

    private JsonNode? Attribute(string resource, string attribute) => scope.Resource(resource) is not { } known
        ? JsonText.Text(Unknown)
        : known.Attributes[attribute]?.DeepClone() ?? throw new EvaluationException($"Attribute '{attribute}' does not exist");

    private string Substituted(JsonNode? argument)
    {
        var pair = argument as JsonArray;
        var text = argument.AsText() ?? (pair is { Count: 2 } ? pair[0].AsText() : null) ?? throw Malformed("Fn::Sub", "must be a string, or a list with a string and a map");
        var variables = pair?[1] as JsonObject;
        var whole = new StringBuilder();
        foreach (var (isLiteral, part) in TemplateReferences.PartsOf(text))
        {
            whole.Append(isLiteral ? part
                : variables?.ContainsKey(part) == true ? Text(variables[part])
                : (part.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Attribute(part[..dot], part[(dot + 1)..]) : Referenced(part)).AsScalar()
                ?? throw new EvaluationException($"Template error: variable {part} in Fn::Sub expression does not resolve to a string"));
        }

        return whole.ToString();
    }

    private JsonNode Joined(JsonNode? argument)
    {
        var parts = argument as JsonArray is { Count: 2 } pair ? pair : throw Malformed("Fn::Join", "must be a list with a delimiter and a list");
        return Value(parts[1]) switch
        {
            JsonArray items => JsonText.Text(string.Join(parts[0].AsText(), items.Select(item => item.AsScalar() ?? throw Malformed("Fn::Join", "takes a list of strings")))),
            { } known when known.AsText() == Unknown => JsonText.Text(Unknown),
            _ => throw Malformed("Fn::Join", "must be a list with a delimiter and a list"),
        };
    }

    private JsonNode Split(JsonNode? argument)
    {
        var parts = argument as JsonArray is { Count: 2 } pair ? pair : throw Malformed("Fn::Split", "must be a list with a delimiter and a string");
        var text = Text(parts[1]);
        return text == Unknown ? JsonText.Text(Unknown) : new JsonArray([.. text.Split(parts[0].AsText()).Select(part => JsonText.Text(part))]);
    }

    private JsonNode? Selected(JsonNode? argument)
    {
        var parts = argument as JsonArray is { Count: 2 } pair ? pair : throw Malformed("Fn::Select", "must be a list with an index and a list");
        var index = int.TryParse(Text(parts[0]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        return Value(parts[1]) switch
        {
            JsonArray items when index >= 0 && index < items.Count => items[index]?.DeepClone(),
            { } known when known.AsText() == Unknown => JsonText.Text(Unknown),
            _ => throw new EvaluationException(string.Create(CultureInfo.InvariantCulture, $"Template error: Fn::Select cannot select nonexistent value at index {index}")),
        };
    }

    private JsonNode Imported(string name)
    {
        Imports.Add(name);
        return JsonText.Text(scope.Export(name) ?? throw new EvaluationException($"No export named {name} found."));
    }

    private JsonNode? Mapped(JsonNode? argument)
    {
        var keys = argument is JsonArray { Count: 3 or 4 } parts ? parts.Take(3).Select(Text).ToList() : throw Malformed("Fn::FindInMap", "must be a list with three elements");
        return template.Mappings[keys[0]] is JsonObject map && map[keys[1]] is JsonObject row && row[keys[2]] is { } value
            ? value.DeepClone()
            : throw new EvaluationException($"Template error: Unable to get mapping for {string.Join("::", keys)}");
    }

    private JsonNode Cidr(JsonNode? argument)
    {
        var parts = argument as JsonArray is { Count: 2 or 3 } list ? list.Select(Text).ToList() : throw Malformed("Fn::Cidr", "must be a list with two or three elements");
        if (parts[0] == Unknown)
        {
            return JsonText.Text(Unknown);
        }

        var block = System.Net.IPNetwork.Parse(parts[0]);
        var bits = parts.Count > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 8;
        var start = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(block.BaseAddress.GetAddressBytes());
        return new JsonArray([.. Enumerable.Range(0, int.Parse(parts[1], CultureInfo.InvariantCulture)).Select(index =>
        {
            var address = new byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(address, start + ((uint)index << bits));
            return JsonText.Text(string.Create(CultureInfo.InvariantCulture, $"{new System.Net.IPAddress(address)}/{32 - bits}"));
        })]);
    }

    private bool Truth(JsonNode? node)
    {
        if (node is not JsonObject fields || Intrinsic.Of(fields) is not var (function, argument))
        {
            return Value(node).IsTrue();
        }

        var parts = argument as JsonArray ?? [];
        return function switch
        {
            "Condition" => Holds(argument.AsText()),
            "Fn::Not" => parts.Count == 1 ? !Truth(parts[0]) : throw Malformed(function, "must be a list with one element"),
            "Fn::And" => parts.All(Truth),
            "Fn::Or" => parts.Any(Truth),
            "Fn::Equals" => parts.Count == 2 ? JsonText.Same(Value(parts[0]), Value(parts[1])) : throw Malformed(function, "must be a list with two elements"),
            _ => Value(node).IsTrue(),
        };
    }

    private static EvaluationException Malformed(string function, string what) => new($"Template error: {function} {what}.");
}
