using System.Text.Json;

namespace Platform.Deploy.Planning;

/// <summary>A value of a template in the words of a person: functions by what they stand for.</summary>
internal static class TemplateWords
{
    /// <param name="value">Text, number, or one of CloudFormation's functions.</param>
    /// <param name="parameters">What is passed to the stack.</param>
    public static string Of(JsonElement value, IReadOnlyDictionary<string, string> parameters) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Object when value.EnumerateObject().FirstOrDefault() is { Value.ValueKind: not JsonValueKind.Undefined } function => Function(function, parameters),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Of(item, parameters))),
        _ => value.GetRawText(),
    };

    /// <summary>One or many, as policies have it.</summary>
    public static IEnumerable<string> List(JsonElement? value, IReadOnlyDictionary<string, string> parameters) => value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(item => Of(item, parameters)),
        { } one => [Of(one, parameters)],
    };

    private static string Function(JsonProperty function, IReadOnlyDictionary<string, string> parameters) => function.Name switch
    {
        "Ref" => parameters.GetValueOrDefault(function.Value.GetString() ?? "") ?? function.Value.GetString() ?? "",
        "Fn::Sub" when function.Value.ValueKind == JsonValueKind.String => Short(function.Value.GetString() ?? ""),
        "Fn::ImportValue" => Of(function.Value, parameters),
        "Fn::GetAtt" when function.Value.ValueKind == JsonValueKind.Array => string.Join('.', function.Value.EnumerateArray().Select(part => part.GetString())),
        "Fn::Split" when function.Value.ValueKind == JsonValueKind.Array => Of(function.Value.EnumerateArray().Last(), parameters),
        "Fn::Join" when function.Value.ValueKind == JsonValueKind.Array => Of(function.Value.EnumerateArray().Last(), parameters),
        _ => $"{function.Name} of {function.Value.GetRawText()}",
    };

    // arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/shop/* is known by its service and its end.
    private static string Short(string arn)
    {
        var parts = arn.Replace("AWS::", "", StringComparison.Ordinal).Split(':', 6);
        return parts is ["arn", _, var service, _, _, var resource] ? $"{service}:{resource}" : arn;
    }
}
