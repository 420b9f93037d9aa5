using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>The resources of a model's stacks as they are sent: rules read the JSON, not what it was written from.</summary>
internal sealed record TemplateView(DeploymentModel Model, IReadOnlyList<ResourceView> Resources)
{
    private static readonly ConditionalWeakTable<DeploymentModel, TemplateView> Views = [];

    public static TemplateView Of(DeploymentModel model) => Views.GetValue(model, static model => new TemplateView(
        model,
        [
            .. from stack in StackRenderer.Render(model).Stacks
               from resource in Json(stack)[nameof(Template.Resources)]!.AsObject()
               select new ResourceView(stack.ShortName, resource.Key, resource.Value!.AsObject()),
        ]));

    public static JsonObject Json(StackTemplate stack) => JsonNode.Parse([.. stack.Body])!.AsObject();

    public IEnumerable<ResourceView> OfType(string type) => Resources.Where(resource => resource.Type == type);
}

internal sealed record ResourceView(string Stack, string LogicalId, JsonObject Json)
{
    public string Name => $"{Stack}/{LogicalId}";

    public string Type => Json[nameof(Type)]!.GetValue<string>();

    public JsonObject Properties => Json[nameof(Properties)]?.AsObject() ?? [];

    /// <summary>Statements of every policy in it, of trust and of permissions.</summary>
    public IEnumerable<StatementView> Statements => Policies(Properties).SelectMany(policy => policy.Document["Statement"]!.AsArray().Select(statement => new StatementView(this, policy.Member, statement!.AsObject())));

    /// <summary>Follows <paramref name="path"/>, such as <c>ResourcesVpcConfig.EndpointPublicAccess</c>; null where it ends early.</summary>
    public JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)Properties, (node, member) => node is JsonObject members ? members[member] : null);

    public bool IsTrue(string path) => At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public string Text(string path) => At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : At(path)?.ToJsonString() ?? "";

    private static IEnumerable<(string Member, JsonObject Document)> Policies(JsonObject properties) => properties.SelectMany(member => member.Value switch
    {
        JsonObject document when document.ContainsKey("Statement") => [(member.Key, document)],
        JsonArray policies when member.Key == "Policies" => policies.Select(policy => ("PolicyDocument", policy!["PolicyDocument"]!.AsObject())),
        _ => Enumerable.Empty<(string, JsonObject)>(),
    });
}

/// <param name="Member">Such as <c>AssumeRolePolicyDocument</c>.</param>
internal sealed record StatementView(ResourceView Owner, string Member, JsonObject Json)
{
    public string Sid => Json[nameof(Sid)]!.GetValue<string>();

    public bool Allows => Json["Effect"]!.GetValue<string>() == "Allow";

    public IReadOnlyList<string> Actions => Texts(Json["Action"] ?? Json["NotAction"]);

    /// <summary>Functions as JSON.</summary>
    public IReadOnlyList<string> Resources => Texts(Json["Resource"] ?? Json["NotResource"]);

    public string Principal => Json[nameof(Principal)]?.ToJsonString() ?? "";

    public string Condition => Json[nameof(Condition)]?.ToJsonString() ?? "";

    public string Name => $"{Owner.Name}#{Sid}";

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray items => [.. items.SelectMany(Texts)],
        JsonValue value => [value.GetValue<string>()],
        _ => [node.ToJsonString()],
    };
}
