using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Accounts;

/// <summary>A thing in an account, whoever made it. All services are views of these.</summary>
internal sealed record CloudResource
{
    /// <summary>CloudFormation's name of its type, also for what only EKS or a cluster makes: <c>AWS::EC2::VPC</c>, <c>AWS::EC2::NetworkInterface</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What <c>Ref</c> gives; unique among its type.</summary>
    public required string Id { get; init; }

    /// <summary>Null where things of this type have none.</summary>
    public string? Arn { get; init; }

    /// <summary>As CloudFormation spells them, with nothing left to resolve. What a service sets by itself (defaults) is among the attributes.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>What <c>Fn::GetAtt</c> gives, and what else the service knows of it.</summary>
    public JsonObject Attributes { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = EmptyTags;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The stack that it is part of; null where none made it.</summary>
    public string? StackId { get; init; }

    /// <summary>In that stack.</summary>
    public string? LogicalId { get; init; }

    /// <summary>In the words of its own service: <c>CREATING</c>, <c>available</c>; empty where it has no states.</summary>
    public string State { get; init; } = "";

    public static ImmutableSortedDictionary<string, string> EmptyTags { get; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>A property's, or else an attribute's, text; null where there is none.</summary>
    public string? Text(string name) => TextOf(Properties[name]) ?? TextOf(Attributes[name]);

    /// <summary>The texts of a list, or the only one.</summary>
    public ImmutableArray<string> Texts(string name) => (Properties[name] ?? Attributes[name]) switch
    {
        null => [],
        JsonArray list => [.. list.Select(TextOf).OfType<string>()],
        var one => [.. ((string?[])[TextOf(one)]).OfType<string>()],
    };

    private static string? TextOf(JsonNode? node) => node is JsonValue value ? value.ToString() : null;
}
