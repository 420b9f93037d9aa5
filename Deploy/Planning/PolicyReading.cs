using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Planning;

/// <summary>One thing that a policy allows or denies.</summary>
/// <param name="Principal">Who, in a policy of trust; empty: whoever the policy belongs to.</param>
internal sealed record Grant(bool IsDenial, string Action, string Resource, string Principal, string Condition);

/// <summary>Takes policies of IAM apart into single grants, which can be compared.</summary>
internal static class PolicyReading
{
    /// <param name="document">With <c>Statement</c>; null: none.</param>
    /// <param name="parameters">What is passed to the stack.</param>
    public static ImmutableHashSet<Grant> Of(JsonElement? document, IReadOnlyDictionary<string, string> parameters) =>
        document is { ValueKind: JsonValueKind.Object } policy && policy.TryGetProperty("Statement", out var statements)
            ? [.. (statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : new[] { statements }).SelectMany(statement => OfStatement(statement, parameters))]
            : [];

    private static IEnumerable<Grant> OfStatement(JsonElement statement, IReadOnlyDictionary<string, string> parameters)
    {
        var denial = Member(statement, "Effect") is { ValueKind: JsonValueKind.String } effect && effect.GetString() == "Deny";
        var condition = Conditions(Member(statement, "Condition"), parameters);
        var principals = Principals(Member(statement, "Principal"), parameters).DefaultIfEmpty("").ToList();
        var resources = TemplateWords.List(Member(statement, "Resource"), parameters)
            .Concat(TemplateWords.List(Member(statement, "NotResource"), parameters).Select(resource => $"all but {resource}")).DefaultIfEmpty("").ToList();
        var actions = TemplateWords.List(Member(statement, "Action"), parameters)
            .Concat(TemplateWords.List(Member(statement, "NotAction"), parameters).Select(action => $"all but {action}"));
        return from action in actions
               from resource in resources
               from principal in principals
               select new Grant(denial, action, resource, principal, condition);
    }

    private static IEnumerable<string> Principals(JsonElement? principal, IReadOnlyDictionary<string, string> parameters) => principal switch
    {
        { ValueKind: JsonValueKind.String } everyone => [everyone.GetString() == "*" ? "everyone" : everyone.GetString() ?? ""],
        { ValueKind: JsonValueKind.Object } kinds => kinds.EnumerateObject().SelectMany(kind => TemplateWords.List(kind.Value, parameters)).Select(name => name switch
        {
            "*" => "everyone",
            "iam:root" => "this account",
            _ => name.Replace("iam:oidc-provider/token.actions.githubusercontent.com", "workflows of GitHub", StringComparison.Ordinal),
        }),
        _ => [],
    };

    private static string Conditions(JsonElement? condition, IReadOnlyDictionary<string, string> parameters) =>
        condition is { ValueKind: JsonValueKind.Object } operators
            ? string.Join("; ", operators.EnumerateObject().SelectMany(group => group.Value.EnumerateObject()).Select(member => $"{member.Name} {string.Join(" or ", TemplateWords.List(member.Value, parameters))}"))
            : "";

    private static JsonElement? Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
