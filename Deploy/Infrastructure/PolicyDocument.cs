using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <summary>An IAM policy: of a role, of a resource, or of trust.</summary>
internal sealed record PolicyDocument(params ImmutableArray<PolicyStatement> Statement) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(("Version", "2012-10-17"), (nameof(Statement), CfnValue.Each(Statement)));
}

/// <summary>One permission or refusal. Exactly one of <see cref="Resource"/> and <see cref="NotResource"/> is there, but in a trust policy none.</summary>
internal sealed record PolicyStatement(string Sid, PolicyEffect Effect) : Part
{
    public PolicyPrincipal? Principal { get; init; }

    /// <summary>Written <c>service:Action</c>.</summary>
    public required ImmutableArray<string> Action { get; init; }

    /// <summary>Stands for all but these; <see cref="Action"/> is empty then.</summary>
    public ImmutableArray<string> NotAction { get; init; } = [];

    public ImmutableArray<CfnValue> Resource { get; init; } = [];

    public ImmutableArray<CfnValue> NotResource { get; init; } = [];

    public ImmutableArray<PolicyCondition> Condition { get; init; } = [];

    public static PolicyStatement Allow(string sid) => new(sid, PolicyEffect.Allow) { Action = [] };

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Sid), Sid),
        (nameof(Effect), Effect.ToString()),
        (nameof(Principal), Principal),
        (nameof(Action), OneOrMany([.. Action.Select(action => new CfnValue.Text(action))])),
        (nameof(NotAction), OneOrMany([.. NotAction.Select(action => new CfnValue.Text(action))])),
        (nameof(Resource), OneOrMany(Resource)),
        (nameof(NotResource), OneOrMany(NotResource)),
        (nameof(Condition), Conditions()));

    internal static CfnValue? OneOrMany(ImmutableArray<CfnValue> values) =>
        values switch { [] => null, [var one] => one, _ => new CfnValue.List(values) };

    // Two conditions with one operator share its map.
    private CfnValue.Map? Conditions() =>
        Condition.IsEmpty ? null : new CfnValue.Map([.. Condition.GroupBy(condition => condition.Operator, StringComparer.Ordinal).Select(operators =>
            KeyValuePair.Create<string, CfnValue>(operators.Key, new CfnValue.Map([.. operators.Select(condition =>
                KeyValuePair.Create(condition.Key, OneOrMany(condition.Values) ?? new CfnValue.List([])))])))]);
}

internal enum PolicyEffect
{
    Allow,
    Deny,
}

/// <param name="Kind"><c>Service</c>, <c>AWS</c>, <c>Federated</c>; <c>*</c> for everyone.</param>
internal sealed record PolicyPrincipal(string Kind, params ImmutableArray<CfnValue> Values) : Part
{
    public static readonly PolicyPrincipal Everyone = new("AWS", "*");

    public static PolicyPrincipal Service(CfnValue name) => new("Service", name);

    public override CfnValue.Map Lower() => CfnValue.Map.Of((Kind, PolicyStatement.OneOrMany(Values)));
}

/// <param name="Operator">Such as <c>StringEquals</c>.</param>
/// <param name="Key">Such as <c>aws:SourceAccount</c>.</param>
/// <param name="Values">Any of them.</param>
internal sealed record PolicyCondition(string Operator, string Key, params ImmutableArray<CfnValue> Values)
{
    public static readonly PolicyCondition SameAccount = new("StringEquals", "aws:SourceAccount", new CfnValue.Ref("AWS::AccountId"));
}
