using System.Collections.Immutable;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Model;

/// <summary>Knows every secret that a value refers to. It holds names and rules, never a value.</summary>
internal sealed class SecretBook(Names names, Findings findings)
{
    // CloudFormation's PasswordLength; Aspire's rules have no upper limit.
    private const int LongestSecret = 4096;

    private readonly SortedDictionary<string, SecretModel> _secrets = new(StringComparer.Ordinal);

    /// <summary>Where a person puts, or finds, the value of a parameter.</summary>
    public string NameOf(string parameter) => names.Secret(parameter);

    public SecretModel OfParameter(KnownResource known, ParameterDefault rule)
    {
        SecretOrigin origin = rule is ParameterDefault.Generate generate ? Generated(known.Name, generate) : new SecretOrigin.Given(known.Hints.Description);
        return Add(new SecretModel(Names.Label(known.Name), names.Secret(known.Name), Names.SecretLogicalId(known.Name), origin), known.Name);
    }

    /// <summary>A secret that exists already, under a name of its own.</summary>
    public SecretModel OfSubstitute(KnownResource known, string secretName) =>
        Add(new SecretModel(Names.Label(known.Name), secretName, Names.SecretLogicalId(known.Name), new SecretOrigin.Given(known.Hints.Description)), known.Name);

    /// <summary>Percent-encodes a value. What is generated has no character that would change; of what is given there is a second secret.</summary>
    public Value Encoded(Value value) => Value.Join(value.Flat.Select(part => part switch
    {
        Value.Literal literal => Value.Of(Uri.EscapeDataString(literal.Text)),
        Value.Secret secret when _secrets[secret.Key].Origin is not SecretOrigin.Generated => new Value.Secret(EncodedOf(_secrets[secret.Key]).Key),
        _ => part,
    }));

    /// <summary>Those among <paramref name="keys"/> and what they are made of, by key.</summary>
    public ImmutableArray<SecretModel> Only(IEnumerable<string> keys)
    {
        var wanted = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            for (string? next = key; next is not null && wanted.Add(next);)
            {
                next = (_secrets[next].Origin as SecretOrigin.Encoded)?.OfKey;
            }
        }

        return [.. wanted.Select(key => _secrets[key])];
    }

    private SecretModel EncodedOf(SecretModel secret)
    {
        const string ending = "-uri";
        return Add(new SecretModel(secret.Key + ending, secret.SecretName + ending, secret.LogicalId + "Uri", new SecretOrigin.Encoded(secret.Key)), secret.Key);
    }

    private SecretModel Add(SecretModel secret, string owner)
    {
        if (!_secrets.TryGetValue(secret.Key, out var known))
        {
            _secrets.Add(secret.Key, secret);
        }
        else if (known != secret)
        {
            // Only a parameter whose name is that of an encoded form: all other keys are labels of different names.
            findings.Add(ReferenceProblems.SecretNameTaken(
                ((known.Origin as SecretOrigin.Encoded) ?? (secret.Origin as SecretOrigin.Encoded))?.OfKey ?? owner,
                secret.Origin is SecretOrigin.Encoded ? secret.Key : owner));
        }

        return secret;
    }

    private SecretOrigin.Generated Generated(string parameter, ParameterDefault.Generate rule)
    {
        var (lower, upper, numeric, special) = (rule.Lower, rule.Upper, rule.Numeric, rule.Special);
        if (!lower && !upper && !numeric && !special)
        {
            (lower, upper, numeric, special) = (true, true, true, false);
            findings.Note(parameter, "Its rules allow no character at all: letters and digits are taken.");
        }

        if (Math.Max(Math.Max(rule.MinLower, rule.MinUpper), Math.Max(rule.MinNumeric, rule.MinSpecial)) > 1)
        {
            findings.Note(parameter, "Its rules ask for more than one character of a kind; AWS Secrets Manager promises one of each.");
        }

        var length = Math.Max(Math.Max(rule.MinLength, 1), rule.MinLower + rule.MinUpper + rule.MinNumeric + rule.MinSpecial);
        return new SecretOrigin.Generated(Math.Min(length, LongestSecret)) { Lower = lower, Upper = upper, Numeric = numeric, Special = special };
    }
}
