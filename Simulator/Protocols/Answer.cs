using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Platform.Simulator.Protocols;

/// <summary>What a service answers; its protocol writes what is around it.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>Query and EC2: what is inside of <c>&lt;OperationResult&gt;</c>, or of <c>&lt;OperationResponse&gt;</c>. Without a namespace.</summary>
    public sealed record Xml(ImmutableArray<XElement> Content) : Answer;

    /// <summary>JSON 1.1 and REST.</summary>
    public sealed record Json(JsonObject Content) : Answer;

    public static Answer Nothing { get; } = new Xml([]);

    public static Answer NoJson => new Json([]);

    public static Answer Of(params IEnumerable<XElement?> content) => new Xml([.. content.OfType<XElement>()]);

    public static Answer Of(JsonObject content) => new Json(content);
}
