using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Planning;

/// <summary>The form of plans in files and for machines: names in camel case, closed choices by their names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(CamelCaseConverter<StackAction>), typeof(CamelCaseConverter<ChangeAction>), typeof(CamelCaseConverter<Replacement>), typeof(CamelCaseConverter<ImageAction>),
        typeof(CamelCaseConverter<RiskKind>),
    ])]
[JsonSerializable(typeof(Plan))]
internal sealed partial class PlanJson : JsonSerializerContext;

internal sealed class CamelCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
