using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Simulator.Protocols;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>The types of parameters, and what they take.</summary>
internal static class ParameterTypes
{
    private const string FromSsm = "AWS::SSM::Parameter::Value<";

    private static readonly ImmutableHashSet<string> Single =
    [
        "String", "Number", "AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id", "AWS::EC2::Instance::Id", "AWS::EC2::KeyPair::KeyName", "AWS::EC2::SecurityGroup::GroupName",
        "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "AWS::EC2::Volume::Id", "AWS::EC2::VPC::Id", "AWS::Route53::HostedZone::Id", "AWS::SSM::Parameter::Name",
    ];

    public static bool Knows(string type) => type == "CommaDelimitedList" || Single.Contains(type) || Inner(type, "List<") is { } listed && Single.Contains(listed)
        || Inner(type, FromSsm) is { } stored && Knows(stored);

    /// <summary>Whether the value is the name of a Systems Manager parameter, which holds the value.</summary>
    public static bool IsStored(string type) => type.StartsWith(FromSsm, StringComparison.Ordinal);

    public static string OfStored(string type) => Inner(type, FromSsm) ?? type;

    public static bool IsList(string type) => type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal);

    /// <summary>A text, or a list of texts.</summary>
    public static JsonNode Typed(string type, string value) => IsList(type)
        ? new JsonArray([.. (value.Length == 0 ? [] : value.Split(',')).Select(item => JsonText.Text(item.Trim()))])
        : JsonText.Text(value);

    /// <param name="zones">Of the region.</param>
    public static void Check(TemplateParameter parameter, string value, ImmutableArray<string> zones)
    {
        var type = parameter.Type;
        var element = Inner(type, "List<") ?? type;
        foreach (var item in IsList(type) ? value.Split(',').Select(item => item.Trim()) : [value])
        {
            if (element == "AWS::EC2::AvailabilityZone::Name" && !zones.Contains(item))
            {
                throw StackErrors.Validation($"Parameter validation failed: parameter value {value} for parameter name {parameter.Key} does not exist");
            }

            if (element == "Number" && !double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                throw StackErrors.Validation($"Parameter '{parameter.Key}' must be a number.");
            }

            CheckConstraints(parameter, item);
        }
    }

    private static void CheckConstraints(TemplateParameter parameter, string value)
    {
        var rules = parameter.Constraints;
        var explained = rules["ConstraintDescription"].AsText() is { } text ? $"failed to satisfy constraint: {text}" : null;
        if (rules["AllowedValues"] is JsonArray allowed && !allowed.AsTexts().Contains(value))
        {
            throw Refused(parameter, explained ?? $"must be one of AllowedValues: [{string.Join(", ", allowed.AsTexts())}]");
        }

        if (rules["AllowedPattern"].AsText() is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            throw Refused(parameter, explained ?? $"must match pattern {pattern}");
        }

        if (rules["MinLength"].AsNumber() is { } least && value.Length < least)
        {
            throw Refused(parameter, explained ?? string.Create(CultureInfo.InvariantCulture, $"must contain at least {least} characters"));
        }

        if (rules["MaxLength"].AsNumber() is { } most && value.Length > most)
        {
            throw Refused(parameter, explained ?? string.Create(CultureInfo.InvariantCulture, $"must contain at most {most} characters"));
        }

        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (rules["MinValue"].AsNumber() > number || rules["MaxValue"].AsNumber() < number))
        {
            throw Refused(parameter, explained ?? "is out of its range");
        }
    }

    private static ServiceError Refused(TemplateParameter parameter, string why) => StackErrors.Validation($"Parameter {parameter.Key} {why}");

    private static string? Inner(string type, string prefix) => type.StartsWith(prefix, StringComparison.Ordinal) && type.EndsWith('>') ? type[prefix.Length..^1] : null;
}
