using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>Every reference has a target, and no resource waits for itself.</summary>
internal static class TemplateCheck
{
    private static readonly ImmutableArray<string> Functions =
    [
        "Ref", "Condition", "Fn::Base64", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub",
        "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or",
    ];

    public static void Check(Template template)
    {
        foreach (var (name, condition) in template.Conditions)
        {
            CheckFunctions(condition);
            CheckConditions(template, TemplateReferences.Of(condition), "Conditions");
            if (TemplateReferences.Of(condition).FirstOrDefault(reference => reference.Kind == ReferenceKind.Ref && !IsParameter(template, reference.Name)) is { } wrong)
            {
                throw StackErrors.Format($"Template format error: Unresolved dependencies [{wrong.Name}]. Cannot reference resources in the Conditions block of the template");
            }

            if (ConditionsBelow(template, name, [name]).Contains(name))
            {
                throw StackErrors.Format($"Template format error: Found circular condition dependency between {name} and itself");
            }
        }

        foreach (var resource in template.Resources)
        {
            CheckFunctions(resource.Properties);
            CheckReferences(template, resource.Properties, "Resources");
            CheckCondition(template, resource.Condition, "Resources");
            if (resource.DependsOn.Where(name => template.Resource(name) is null).ToList() is { Count: > 0 } missing)
            {
                throw StackErrors.Format($"Template format error: Unresolved resource dependencies [{string.Join(", ", missing)}] in the Resources block of the template");
            }
        }

        foreach (var output in template.Outputs)
        {
            var whole = new JsonArray(output.Value.DeepClone(), output.ExportName?.DeepClone());
            CheckFunctions(whole);
            CheckReferences(template, whole, "Outputs");
            CheckCondition(template, output.Condition, "Outputs");
        }

        CheckCycles(template);
    }

    /// <summary>What a resource waits for.</summary>
    public static ImmutableSortedSet<string> DependenciesOf(Template template, TemplateResource resource) =>
        [.. resource.DependsOn.Concat(TemplateReferences.Of(resource.Properties).Where(reference => reference.Kind != ReferenceKind.Condition).Select(reference => reference.Name))
            .Where(name => template.Resource(name) is not null)];

    private static bool IsParameter(Template template, string name) => template.Parameters.ContainsKey(name) || PseudoParameters.Names.Contains(name);

    private static void CheckReferences(Template template, JsonNode expression, string block)
    {
        var references = TemplateReferences.Of(expression);
        var missing = references.Where(reference => reference.Kind == ReferenceKind.Ref && !IsParameter(template, reference.Name) && template.Resource(reference.Name) is null);
        if (missing.Select(reference => reference.Name).Distinct().ToList() is { Count: > 0 } names)
        {
            throw StackErrors.Format($"Template format error: Unresolved resource dependencies [{string.Join(", ", names)}] in the {block} block of the template");
        }

        foreach (var reference in references.Where(reference => reference.Kind == ReferenceKind.Attribute))
        {
            if (template.Resource(reference.Name) is not { } target)
            {
                throw StackErrors.Format($"Template error: instance of Fn::GetAtt references undefined resource {reference.Name}");
            }

            if (ResourceTypes.Find(target.Type) is { } type && !type.AttributeNames.Contains(reference.Attribute ?? ""))
            {
                throw StackErrors.Format($"Template error: resource {reference.Name} does not support attribute type {reference.Attribute} in Fn::GetAtt");
            }
        }

        CheckConditions(template, references, block);
    }

    private static void CheckConditions(Template template, ImmutableArray<TemplateReference> references, string block)
    {
        foreach (var reference in references.Where(reference => reference.Kind == ReferenceKind.Condition))
        {
            CheckCondition(template, reference.Name, block);
        }
    }

    private static void CheckCondition(Template template, string? condition, string block)
    {
        if (condition is not null && !template.Conditions.ContainsKey(condition))
        {
            throw StackErrors.Format($"Template format error: Unresolved condition dependency {condition} in the {block} block of the template");
        }
    }

    private static void CheckFunctions(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    CheckFunctions(item);
                }

                break;
            case JsonObject fields:
                if (fields.Select(field => field.Key).FirstOrDefault(name => name.StartsWith("Fn::", StringComparison.Ordinal) && !Functions.Contains(name)) is { } unknown)
                {
                    throw StackErrors.Format($"Template error: Encountered unsupported function: {unknown} Supported functions are: [{string.Join(", ", Functions.Where(name => name.StartsWith("Fn", StringComparison.Ordinal)))}]");
                }

                foreach (var (_, value) in fields)
                {
                    CheckFunctions(value);
                }

                break;
        }
    }

    private static ImmutableHashSet<string> ConditionsBelow(Template template, string name, ImmutableHashSet<string> seen)
    {
        var below = TemplateReferences.Of(template.Conditions[name]).Where(reference => reference.Kind == ReferenceKind.Condition).Select(reference => reference.Name).ToImmutableHashSet();
        return below.Where(next => !seen.Contains(next) && template.Conditions.ContainsKey(next))
            .Aggregate(below, (all, next) => all.Union(ConditionsBelow(template, next, seen.Add(next))));
    }

    private static void CheckCycles(Template template)
    {
        var waiting = template.Resources.ToDictionary(resource => resource.LogicalId, resource => DependenciesOf(template, resource));
        while (waiting.Where(entry => !entry.Value.Any(waiting.ContainsKey)).Select(entry => entry.Key).ToList() is { Count: > 0 } free)
        {
            free.ForEach(name => waiting.Remove(name));
        }

        // What only waits for a circle is not in it.
        while (waiting.Keys.Where(name => !waiting.Values.Any(dependencies => dependencies.Contains(name))).ToList() is { Count: > 0 } outside)
        {
            outside.ForEach(name => waiting.Remove(name));
        }

        if (waiting.Count > 0)
        {
            throw StackErrors.Format($"Circular dependency between resources: [{string.Join(", ", waiting.Keys.Order(StringComparer.Ordinal))}]");
        }
    }
}
