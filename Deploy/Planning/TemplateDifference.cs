using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Planning;

/// <summary>What changes between two templates, as far as the templates alone tell: for stacks that do not exist, or that CloudFormation cannot be asked about.</summary>
internal static class TemplateDifference
{
    private const int LongestValue = 200;

    public static ImmutableArray<PlannedChange> Of(TemplateContent before, TemplateContent after) =>
    [
        .. before.Resources.Keys.Union(after.Resources.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => Of(before.Resources.GetValueOrDefault(id), after.Resources.GetValueOrDefault(id)))
            .OfType<PlannedChange>(),
    ];

    private static PlannedChange? Of(TemplateResource? before, TemplateResource? after)
    {
        if (before is null)
        {
            return after is null ? null : new PlannedChange(ChangeAction.Add, after.LogicalId, after.Type);
        }

        if (after is null)
        {
            return new PlannedChange(ChangeAction.Remove, before.LogicalId, before.Type) { PolicyAction = before.DeletionPolicy ?? "Delete" };
        }

        var properties = ImmutableArray.CreateBuilder<PropertyChange>();
        Compare("", before.Properties, after.Properties, properties);
        return properties.Count == 0 ? null : new PlannedChange(ChangeAction.Modify, after.LogicalId, after.Type) { Properties = properties.ToImmutable() };
    }

    private static void Compare(string path, JsonElement? before, JsonElement? after, ImmutableArray<PropertyChange>.Builder changes)
    {
        if (before is { ValueKind: JsonValueKind.Object } left && after is { ValueKind: JsonValueKind.Object } right && !IsFunction(left) && !IsFunction(right))
        {
            foreach (var name in Names(left).Union(Names(right), StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                Compare(path.Length == 0 ? name : $"{path}.{name}", Member(left, name), Member(right, name), changes);
            }
        }
        else if (!Equal(before, after))
        {
            changes.Add(new PropertyChange(path, Shown(before), Shown(after)));
        }
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? member : null;

    private static bool IsFunction(JsonElement element) => Names(element).FirstOrDefault() is { } name && (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal));

    private static bool Equal(JsonElement? before, JsonElement? after) =>
        before is { } left && after is { } right ? JsonElement.DeepEquals(left, right) : before is null && after is null;

    private static string? Shown(JsonElement? value)
    {
        var text = value switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } written => written.GetString(),
            { } other => other.GetRawText(),
        };
        return text is { Length: > LongestValue } ? text[..LongestValue] + "…" : text;
    }
}
