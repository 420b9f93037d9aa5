using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>Reads a template, and refuses it with the words of CloudFormation.</summary>
internal static class TemplateReader
{
    private const int MostBytes = 51_200;
    private const int MostResources = 500;
    private const int MostOthers = 200;

    private static readonly ImmutableArray<string> Sections =
        ["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Resources", "Outputs", "Transform", "Rules", "Hooks"];

    private static readonly ImmutableArray<string> ResourceMembers =
        ["Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata", "CreationPolicy", "UpdatePolicy"];

    private static readonly ImmutableArray<string> Policies = ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"];

    public static Template Read(string body)
    {
        if (Encoding.UTF8.GetByteCount(body) > MostBytes)
        {
            throw StackErrors.TemplateTooLarge(MostBytes);
        }

        var root = Parse(body);
        if (root.Select(section => section.Key).Except(Sections).ToList() is { Count: > 0 } unknown)
        {
            throw StackErrors.Format($"Invalid template property or properties [{string.Join(", ", unknown)}]");
        }

        if (root["AWSTemplateFormatVersion"] is { } version && version.AsText() != "2010-09-09")
        {
            throw StackErrors.Format($"Template format error: Unsupported template version '{version.AsScalar()}'");
        }

        var template = new Template
        {
            Body = body,
            Description = root["Description"].AsText(),
            Parameters = Section(root, "Parameters").ToImmutableSortedDictionary(entry => entry.Key, entry => ReadParameter(entry.Key, entry.Value), StringComparer.Ordinal),
            Mappings = Section(root, "Mappings"),
            Conditions = Section(root, "Conditions").ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value ?? new JsonObject(), StringComparer.Ordinal),
            Resources = [.. Section(root, "Resources").Select(entry => ReadResource(entry.Key, entry.Value))],
            Outputs = [.. Section(root, "Outputs").Select(entry => ReadOutput(entry.Key, entry.Value))],
            Transforms = [.. root["Transform"].AsTexts()],
        };
        CheckSizes(template);
        TemplateCheck.Check(template);
        return template;
    }

    private static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw StackErrors.Format("Template format error: unsupported structure.");
        }
        catch (JsonException broken)
        {
            throw StackErrors.Format(string.Create(
                CultureInfo.InvariantCulture, $"Template format error: JSON not well-formed. (line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1})"));
        }
        catch (ArgumentException)
        {
            throw StackErrors.Format("Template format error: JSON not well-formed. A member stands there twice.");
        }
    }

    private static JsonObject Section(JsonObject root, string name) => root[name] switch
    {
        null => [],
        JsonObject fields => fields,
        _ => throw StackErrors.Format($"Template format error: {name} must be an object."),
    };

    private static TemplateParameter ReadParameter(string key, JsonNode? node)
    {
        var fields = node as JsonObject ?? throw StackErrors.Format($"Template format error: Every {nameof(Template.Parameters)} object must contain a Type member.");
        var type = fields["Type"].AsText() ?? throw StackErrors.Format("Template format error: Every Parameters object must contain a Type member.");
        return ParameterTypes.Knows(type)
            ? new TemplateParameter(key, type, fields["Default"].AsScalar(), fields["NoEcho"].IsTrue(), fields["Description"].AsText(), fields)
            : throw StackErrors.Format($"Template format error: Unrecognized parameter type: {type}");
    }

    private static TemplateResource ReadResource(string logicalId, JsonNode? node)
    {
        if (!logicalId.All(char.IsAsciiLetterOrDigit))
        {
            throw StackErrors.Format($"Template format error: Resource name {logicalId} is non alphanumeric.");
        }

        var fields = node as JsonObject ?? throw StackErrors.Format($"Template format error: [/Resources/{logicalId}] resource definition is malformed");
        var type = fields["Type"].AsText() ?? throw StackErrors.Format($"Template format error: [/Resources/{logicalId}] Every Resources object must contain a Type member.");
        if (fields.Select(member => member.Key).FirstOrDefault(member => !ResourceMembers.Contains(member)) is { } unknown)
        {
            throw StackErrors.Format($"Invalid template resource property '{unknown}'");
        }

        var properties = fields["Properties"] switch
        {
            null => [],
            JsonObject given => given,
            _ => throw StackErrors.Format($"Template format error: [/Resources/{logicalId}/Properties] 'null' values are not allowed in templates"),
        };
        return new TemplateResource
        {
            LogicalId = logicalId,
            Type = type,
            Properties = properties,
            Condition = fields["Condition"].AsText(),
            DeletionPolicy = Policy(fields, "DeletionPolicy"),
            UpdateReplacePolicy = Policy(fields, "UpdateReplacePolicy"),
            Metadata = fields["Metadata"],
            DependsOn = [.. fields["DependsOn"].AsTexts()],
        };
    }

    private static string Policy(JsonObject fields, string name) => fields[name] is not { } given ? "Delete"
        : given.AsText() is { } policy && Policies.Contains(policy) ? policy
        : throw StackErrors.Format($"Template format error: Unrecognized {name} {given.AsScalar()}");

    private static TemplateOutput ReadOutput(string key, JsonNode? node)
    {
        var fields = node as JsonObject ?? throw StackErrors.Format("Template format error: Every Outputs member must contain a Value object");
        return new TemplateOutput(
            key,
            fields["Value"] ?? throw StackErrors.Format("Template format error: Every Outputs member must contain a Value object"),
            fields["Description"].AsText(),
            fields["Export"].At("Name"),
            fields["Condition"].AsText());
    }

    private static void CheckSizes(Template template)
    {
        if (template.Resources.Length == 0)
        {
            throw StackErrors.Format("Template format error: At least one Resources member must be defined.");
        }

        foreach (var (what, count, most) in (ReadOnlySpan<(string, int, int)>)[
            ("resources", template.Resources.Length, MostResources), ("parameters", template.Parameters.Count, MostOthers),
            ("outputs", template.Outputs.Length, MostOthers), ("mappings", template.Mappings.Count, MostOthers)])
        {
            if (count > most)
            {
                throw StackErrors.Format(string.Create(CultureInfo.InvariantCulture, $"Template format error: Number of {what}, {count}, is greater than maximum allowed, {most}"));
            }
        }

        if (template.Resources.Select(resource => resource.Type).Where(type => ResourceTypes.Find(type) is null).Distinct().ToList() is { Count: > 0 } types)
        {
            throw StackErrors.Format($"Template format error: Unrecognized resource types: [{string.Join(", ", types)}]");
        }
    }
}
