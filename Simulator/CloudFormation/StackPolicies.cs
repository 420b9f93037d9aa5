using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>What a stack's policy says of an update. Where there is one, what it does not allow is denied.</summary>
internal static class StackPolicies
{
    /// <param name="action"><c>Update:Modify</c>, <c>Update:Replace</c>, <c>Update:Delete</c>.</param>
    /// <returns>The reason of the denial; null: allowed.</returns>
    public static string? Denial(string? policy, string action, string logicalId, string type)
    {
        if (policy is null)
        {
            return null;
        }

        var allowed = false;
        var statements = JsonNode.Parse(policy).At("Statement") switch { JsonArray list => [.. list], { } one => (List<JsonNode?>)[one], null => [] };
        foreach (var (index, statement) in statements.Index())
        {
            if (!Concerns(statement, action, logicalId, type))
            {
                continue;
            }

            if (statement.At("Effect").AsText() == "Deny")
            {
                return string.Create(CultureInfo.InvariantCulture, $"Action denied by stack policy: Statement [#{index + 1}] does not allow [{action}] for resource [LogicalResourceId/{logicalId}]");
            }

            allowed = true;
        }

        return allowed ? null : $"Action not allowed by stack policy: no statement allows [{action}] for resource [LogicalResourceId/{logicalId}]";
    }

    /// <summary>Refuses what is no policy.</summary>
    public static void Check(string policy)
    {
        try
        {
            if (JsonNode.Parse(policy) is JsonObject { } read && read["Statement"] is JsonArray or JsonObject)
            {
                return;
            }
        }
        catch (JsonException)
        {
            // Refused below.
        }

        throw StackErrors.Validation("Error validating stack policy: Invalid stack policy");
    }

    private static bool Concerns(JsonNode? statement, string action, string logicalId, string type) =>
        statement.At("Action").AsTexts().Any(pattern => Matches(pattern, action))
        && (statement.At("NotResource") is { } not
            ? !not.AsTexts().Any(pattern => Matches(pattern, $"LogicalResourceId/{logicalId}"))
            : statement.At("Resource").AsTexts().Any(pattern => Matches(pattern, $"LogicalResourceId/{logicalId}")))
        && ((statement.At("Condition.StringEquals.ResourceType") ?? statement.At("Condition.StringLike.ResourceType")) is not { } types
            || types.AsTexts().Any(pattern => Matches(pattern, type)));

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
