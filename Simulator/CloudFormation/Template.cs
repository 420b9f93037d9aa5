using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.CloudFormation;

/// <summary>A template whose form is known to be right: every reference has its target, nothing depends on itself.</summary>
internal sealed record Template
{
    /// <summary>As it was sent.</summary>
    public required string Body { get; init; }

    public string? Description { get; init; }

    public ImmutableSortedDictionary<string, TemplateParameter> Parameters { get; init; } = ImmutableSortedDictionary<string, TemplateParameter>.Empty;

    public JsonObject Mappings { get; init; } = [];

    public ImmutableSortedDictionary<string, JsonNode> Conditions { get; init; } = ImmutableSortedDictionary<string, JsonNode>.Empty;

    /// <summary>In the order of the template.</summary>
    public ImmutableArray<TemplateResource> Resources { get; init; } = [];

    public ImmutableArray<TemplateOutput> Outputs { get; init; } = [];

    public ImmutableArray<string> Transforms { get; init; } = [];

    public TemplateResource? Resource(string logicalId) => Resources.FirstOrDefault(resource => resource.LogicalId == logicalId);
}

/// <param name="Default">Null: a value has to be given.</param>
/// <param name="Constraints">The declaration itself: AllowedValues, AllowedPattern, MinLength, ….</param>
internal sealed record TemplateParameter(string Key, string Type, string? Default, bool NoEcho, string? Description, JsonObject Constraints);

internal sealed record TemplateResource
{
    public required string LogicalId { get; init; }

    public required string Type { get; init; }

    public required JsonObject Properties { get; init; }

    public string? Condition { get; init; }

    /// <summary><c>Delete</c>, <c>Retain</c>, <c>RetainExceptOnCreate</c>, <c>Snapshot</c>.</summary>
    public string DeletionPolicy { get; init; } = "Delete";

    public string UpdateReplacePolicy { get; init; } = "Delete";

    public JsonNode? Metadata { get; init; }

    /// <summary>Logical ids: of DependsOn and of every reference.</summary>
    public ImmutableSortedSet<string> DependsOn { get; init; } = [];
}

internal sealed record TemplateOutput(string Key, JsonNode Value, string? Description, JsonNode? ExportName, string? Condition);
