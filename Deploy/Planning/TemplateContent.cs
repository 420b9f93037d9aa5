using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Planning;

/// <summary>The resources of a template as it was sent, ours or one that is deployed, by logical id.</summary>
internal sealed record TemplateContent(ImmutableSortedDictionary<string, TemplateResource> Resources)
{
    public static TemplateContent Empty { get; } = new(ImmutableSortedDictionary.Create<string, TemplateResource>(StringComparer.Ordinal));

    /// <returns>Null where it is not JSON, as somebody else's may be.</returns>
    public static TemplateContent? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return Of(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TemplateContent Of(JsonElement template)
    {
        var resources = ImmutableSortedDictionary.CreateBuilder<string, TemplateResource>(StringComparer.Ordinal);
        if (template.ValueKind == JsonValueKind.Object && template.TryGetProperty(nameof(Resources), out var all) && all.ValueKind == JsonValueKind.Object)
        {
            foreach (var resource in all.EnumerateObject())
            {
                resources[resource.Name] = new TemplateResource(resource.Name, Text(resource.Value, "Type") ?? "", Member(resource.Value, "Properties"))
                {
                    DeletionPolicy = Text(resource.Value, "DeletionPolicy"),
                    Condition = Text(resource.Value, "Condition"),
                };
            }
        }

        return new TemplateContent(resources.ToImmutable());
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

/// <param name="Properties">With the functions of the template unresolved; null: it has none.</param>
internal sealed record TemplateResource(string LogicalId, string Type, JsonElement? Properties)
{
    public string? DeletionPolicy { get; init; }

    public string? Condition { get; init; }

    /// <summary>A property, or one inside of it: <c>ResourcesVpcConfig.EndpointPublicAccess</c>.</summary>
    public JsonElement? Property(string path)
    {
        var current = Properties;
        foreach (var name in path.Split('.'))
        {
            current = current is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;
        }

        return current;
    }

    /// <summary>A property that is a text; null where it is another thing, or a function.</summary>
    public string? Text(string path) => Property(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public bool IsTrue(string path) => Property(path) is { ValueKind: JsonValueKind.True };

    public ImmutableArray<JsonElement> Items(string path) => Property(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
