using System.Text.Json;

namespace Platform.Deploy.Manifests;

/// <summary>Reads <c>parameter.v0</c>: what a deployer is asked for, or makes up.</summary>
internal sealed class ParameterReader(ManifestTextParser texts, ReadingFindings findings)
{
    // Longest text that AWS Secrets Manager makes.
    private const int LongestGenerated = 4096;

    private static readonly MemberNames Parameter = new("A parameter", ["type", "value", "connectionString", "inputs"]);
    private static readonly MemberNames Inputs = new("'inputs'", ["value"]);
    private static readonly MemberNames Input = new("An input", ["type", "secret", "default"]);
    private static readonly MemberNames Default = new("A default", ["value", "generate"]);

    private static readonly MemberNames Generate = new(
        "'generate'", ["minLength", "lower", "upper", "numeric", "special", "minLower", "minUpper", "minNumeric", "minSpecial"]);

    public ManifestResource Read(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Parameter, findings);
        var value = texts.Parse(members.RequiredText("value"));
        members.Require("inputs");
        var inputs = members.Find("inputs") is { } element ? Members.Of(element, place.Member("inputs"), Inputs, findings) : null;
        inputs?.Require("value");
        var input = inputs?.Find("value") is { } first ? Members.Of(first, inputs.Place.Member("value"), Input, findings) : null;

        // Where it cannot be read whether this is a secret, it is treated as one.
        var secret = input is null || input.Flag("secret", whenAbsent: false);
        if (input?.Text("type") is { } kind and not "string")
        {
            findings.Add(ManifestProblems.UnknownWord(input.Place.ToString("type"), kind, ["string"]));
        }

        // Text around a reference, such as that of a connection string, is nobody's secret; text alone is the value itself.
        if (secret && value is { Parts: [ManifestTextPart.Literal] })
        {
            findings.Add(ManifestProblems.SecretText(place.ToString("value"), name));
        }

        return new ManifestResource.Parameter
        {
            Name = name,
            Type = type,
            Value = value,
            Secret = secret,
            Default = input?.Find("default") is { } standard ? ReadDefault(name, secret, standard, input.Place.Member("default")) : new ParameterDefault.None(),
            ConnectionString = members.Text("connectionString") is { } text ? texts.Parse(text) : null,
        };
    }

    private ParameterDefault ReadDefault(string name, bool secret, JsonElement element, Place place)
    {
        if (Members.Of(element, place, Default, findings) is not { } members)
        {
            return new ParameterDefault.None();
        }

        if (members.Has("value") == members.Has("generate"))
        {
            findings.Add(ManifestProblems.ValueOrGenerate(place.Subject));
            return new ParameterDefault.None();
        }

        if (members.Find("generate") is { } generate)
        {
            return Members.Of(generate, place.Member("generate"), Generate, findings) is { } rules ? ReadRules(rules) : new ParameterDefault.None();
        }

        if (!secret)
        {
            return members.Text("value") is { } text ? new ParameterDefault.Literal(text) : new ParameterDefault.None();
        }

        findings.Add(ManifestProblems.SecretValue(place.ToString("value"), name));
        return new ParameterDefault.None();
    }

    private ParameterDefault.Generate ReadRules(Members rules)
    {
        rules.Require("minLength");
        var generate = new ParameterDefault.Generate(rules.Number("minLength", 1, LongestGenerated) ?? 1)
        {
            Lower = rules.Flag("lower", whenAbsent: true),
            Upper = rules.Flag("upper", whenAbsent: true),
            Numeric = rules.Flag("numeric", whenAbsent: true),
            Special = rules.Flag("special", whenAbsent: true),
            MinLower = rules.Number("minLower", 0, LongestGenerated) ?? 0,
            MinUpper = rules.Number("minUpper", 0, LongestGenerated) ?? 0,
            MinNumeric = rules.Number("minNumeric", 0, LongestGenerated) ?? 0,
            MinSpecial = rules.Number("minSpecial", 0, LongestGenerated) ?? 0,
        };

        if (generate is { Lower: false, Upper: false, Numeric: false, Special: false })
        {
            findings.Add(ManifestProblems.NothingToGenerateFrom(rules.Place.Subject));
        }

        if (generate.MinLower + generate.MinUpper + generate.MinNumeric + generate.MinSpecial > LongestGenerated)
        {
            findings.Add(ManifestProblems.TooLongToGenerate(rules.Place.Subject, LongestGenerated));
        }

        Check(rules, generate.Lower, generate.MinLower, "lower", "minLower");
        Check(rules, generate.Upper, generate.MinUpper, "upper", "minUpper");
        Check(rules, generate.Numeric, generate.MinNumeric, "numeric", "minNumeric");
        Check(rules, generate.Special, generate.MinSpecial, "special", "minSpecial");
        return generate;
    }

    private void Check(Members rules, bool allowed, int least, string kind, string minimum)
    {
        if (!allowed && least > 0)
        {
            findings.Add(ManifestProblems.ForbiddenAndRequired(rules.Place.ToString(minimum), kind, minimum));
        }
    }
}
