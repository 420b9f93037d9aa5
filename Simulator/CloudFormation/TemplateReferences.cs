using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

internal enum ReferenceKind
{
    /// <summary>Ref of a parameter, a resource or a pseudo parameter, or the same in Fn::Sub.</summary>
    Ref,
    Attribute,
    Condition,
}

/// <param name="Name">Of the parameter, resource or condition.</param>
/// <param name="Attribute">Of Fn::GetAtt.</param>
internal sealed record TemplateReference(ReferenceKind Kind, string Name, string? Attribute);

/// <summary>What an expression of a template refers to.</summary>
internal static class TemplateReferences
{
    public static ImmutableArray<TemplateReference> Of(JsonNode? expression)
    {
        var found = ImmutableArray.CreateBuilder<TemplateReference>();
        Collect(expression, found);
        return [.. found.Distinct()];
    }

    /// <summary>The parts of <c>Fn::Sub</c>'s text: literal ones, and between <c>${</c> and <c>}</c>. <c>${!x}</c> is the literal <c>${x}</c>.</summary>
    public static IEnumerable<(bool IsLiteral, string Text)> PartsOf(string text)
    {
        var start = 0;
        while (text.IndexOf("${", start, StringComparison.Ordinal) is >= 0 and var open && text.IndexOf('}', open) is >= 0 and var close)
        {
            yield return (true, text[start..open]);
            var name = text[(open + 2)..close];
            yield return name.StartsWith('!') ? (true, "${" + name[1..] + "}") : (false, name.Trim());
            start = close + 1;
        }

        yield return (true, text[start..]);
    }

    /// <summary><c>[resource, attribute]</c> or <c>resource.attribute</c>; null where it is neither.</summary>
    public static (string Resource, string Attribute)? AttributeOf(JsonNode? argument) => argument switch
    {
        JsonArray { Count: >= 2 } parts when parts[0].AsText() is { } resource && parts.Skip(1).All(part => part.AsText() is not null) =>
            (resource, string.Join('.', parts.Skip(1).Select(part => part.AsText()))),
        _ when argument.AsText() is { } text && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot => (text[..dot], text[(dot + 1)..]),
        _ => null,
    };

    private static void Collect(JsonNode? node, ImmutableArray<TemplateReference>.Builder found)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, found);
                }

                break;
            case JsonObject fields when Intrinsic.Of(fields) is var (function, argument):
                CollectIntrinsic(function, argument, found);
                break;
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    Collect(value, found);
                }

                break;
        }
    }

    private static void CollectIntrinsic(string function, JsonNode? argument, ImmutableArray<TemplateReference>.Builder found)
    {
        switch (function)
        {
            case "Ref" when argument.AsText() is { } name:
                found.Add(new TemplateReference(ReferenceKind.Ref, name, null));
                return;
            case "Condition" when argument.AsText() is { } condition:
                found.Add(new TemplateReference(ReferenceKind.Condition, condition, null));
                return;
            case "Fn::GetAtt" when AttributeOf(argument) is var (resource, attribute):
                found.Add(new TemplateReference(ReferenceKind.Attribute, resource, attribute));
                return;
            case "Fn::If" when argument is JsonArray { Count: 3 } branches && branches[0].AsText() is { } condition:
                found.Add(new TemplateReference(ReferenceKind.Condition, condition, null));
                Collect(branches[1], found);
                Collect(branches[2], found);
                return;
            case "Fn::Sub":
                CollectSub(argument, found);
                return;
            default:
                Collect(argument, found);
                return;
        }
    }

    private static void CollectSub(JsonNode? argument, ImmutableArray<TemplateReference>.Builder found)
    {
        var text = argument.AsText() ?? (argument is JsonArray { Count: > 0 } form ? form[0].AsText() : null) ?? "";
        var variables = argument is JsonArray { Count: > 1 } pair ? pair[1] as JsonObject : null;
        foreach (var (isLiteral, name) in PartsOf(text))
        {
            if (!isLiteral && variables?.ContainsKey(name) != true)
            {
                found.Add(name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
                    ? new TemplateReference(ReferenceKind.Attribute, name[..dot], name[(dot + 1)..])
                    : new TemplateReference(ReferenceKind.Ref, name, null));
            }
        }

        Collect(variables, found);
    }
}

/// <summary>An object with one member that is a function's name.</summary>
internal static class Intrinsic
{
    public static (string Function, JsonNode? Argument)? Of(JsonObject fields)
    {
        if (fields.Count != 1)
        {
            return null;
        }

        var (name, argument) = fields.First();
        return name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal) || (name is "Condition" && argument.AsText() is not null) ? (name, argument) : null;
    }
}
