using System.Text.Json.Nodes;

namespace Platform.Simulator.CloudFormation;

/// <param name="Value">Null with <paramref name="UsePreviousValue"/>.</param>
internal sealed record StackArgument(string Key, string? Value, bool UsePreviousValue);

/// <summary>The values of a template's parameters.</summary>
internal static class StackParameters
{
    /// <param name="given">Of the request.</param>
    /// <param name="previous">Of the stack as it is.</param>
    /// <param name="stored">The value of a Systems Manager parameter; null where there is none.</param>
    public static List<ParameterRecord> Resolve(
        Template template, IReadOnlyCollection<StackArgument> given, IReadOnlyCollection<ParameterRecord> previous, IReadOnlyCollection<string> zones, Func<string, string?> stored)
    {
        if (given.Select(argument => argument.Key).Where(key => !template.Parameters.ContainsKey(key)).ToList() is { Count: > 0 } unknown)
        {
            throw StackErrors.Validation($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        }

        if (given.GroupBy(argument => argument.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw StackErrors.Validation($"Duplicate parameter key: {twice.Key}");
        }

        var values = template.Parameters.Values.Select(parameter => (Parameter: parameter, Value: ValueOf(parameter, given, previous))).ToList();
        if (values.Where(entry => entry.Value is null).Select(entry => entry.Parameter.Key).ToList() is { Count: > 0 } missing)
        {
            throw StackErrors.Validation($"Parameters: [{string.Join(", ", missing)}] must have values");
        }

        return [.. values.Select(entry => Resolved(entry.Parameter, entry.Value ?? "", zones, stored))];
    }

    public static Dictionary<string, JsonNode> Typed(Template template, IEnumerable<ParameterRecord> records) =>
        records.Where(record => template.Parameters.ContainsKey(record.Key)).ToDictionary(
            record => record.Key, record => ParameterTypes.Typed(ParameterTypes.OfStored(template.Parameters[record.Key].Type), record.ResolvedValue ?? record.Value));

    private static string? ValueOf(TemplateParameter parameter, IReadOnlyCollection<StackArgument> given, IReadOnlyCollection<ParameterRecord> previous) =>
        given.FirstOrDefault(argument => argument.Key == parameter.Key) switch
        {
            null => parameter.Default,
            { UsePreviousValue: true } => previous.FirstOrDefault(record => record.Key == parameter.Key)?.Value
                ?? throw StackErrors.Validation($"Invalid input for parameter key {parameter.Key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template"),
            var argument => argument.Value ?? parameter.Default,
        };

    private static ParameterRecord Resolved(TemplateParameter parameter, string value, IReadOnlyCollection<string> zones, Func<string, string?> stored)
    {
        if (!ParameterTypes.IsStored(parameter.Type))
        {
            ParameterTypes.Check(parameter, value, [.. zones]);
            return new ParameterRecord { Key = parameter.Key, Value = value, NoEcho = parameter.NoEcho };
        }

        var resolved = stored(value) ?? throw StackErrors.Validation($"Unable to fetch parameters [{value}] from parameter store for this account.");
        return new ParameterRecord { Key = parameter.Key, Value = value, ResolvedValue = resolved, NoEcho = parameter.NoEcho };
    }
}
