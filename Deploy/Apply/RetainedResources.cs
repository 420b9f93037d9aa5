using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Apply;

/// <summary>Reads from a template what its deletion leaves.</summary>
internal static class RetainedResources
{
    private const string Policy = "DeletionPolicy";

    /// <param name="template">JSON; null or anything else: nothing is known to stay.</param>
    /// <param name="resources">That are in the stack.</param>
    /// <returns>Logical ids, sorted.</returns>
    public static ImmutableArray<string> Of(string? template, ImmutableArray<StackResourceSummary> resources)
    {
        if (template is null)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(template);
            return !document.RootElement.TryGetProperty("Resources", out var declared) || declared.ValueKind != JsonValueKind.Object
                ? []
                : [.. declared.EnumerateObject()
                    .Where(resource => resource.Value.ValueKind == JsonValueKind.Object && resource.Value.TryGetProperty(Policy, out var policy) && policy.GetString() is "Retain")
                    .Select(resource => resource.Name)
                    .Where(id => resources.Any(resource => resource.LogicalResourceId == id && resource.ResourceStatus != "DELETE_COMPLETE"))
                    .Order(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
