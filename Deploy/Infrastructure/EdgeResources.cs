using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <summary>All its properties are create-only. It is issued once the zone answers for the domain, which may take hours.</summary>
internal sealed record Certificate : ResourceProperties
{
    public override string Type => "AWS::CertificateManager::Certificate";

    public required CfnValue DomainName { get; init; }

    public CfnValue? SubjectAlternativeNames { get; init; }

    public required CfnValue ValidationMethod { get; init; }

    public required ImmutableArray<DomainValidationOption> DomainValidationOptions { get; init; }

    public required CfnValue KeyAlgorithm { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(DomainName), DomainName),
        (nameof(SubjectAlternativeNames), SubjectAlternativeNames),
        (nameof(ValidationMethod), ValidationMethod),
        (nameof(DomainValidationOptions), CfnValue.Each(DomainValidationOptions)),
        (nameof(KeyAlgorithm), KeyAlgorithm));
}

internal sealed record DomainValidationOption(CfnValue DomainName, CfnValue HostedZoneId) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(DomainName), DomainName), (nameof(HostedZoneId), HostedZoneId));
}

/// <summary>An alias of a load balancer.</summary>
internal sealed record RecordSet : ResourceProperties
{
    public override string Type => "AWS::Route53::RecordSet";

    public required CfnValue HostedZoneId { get; init; }

    public required CfnValue Name { get; init; }

    public required CfnValue RecordType { get; init; }

    public required AliasTarget AliasTarget { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(HostedZoneId), HostedZoneId),
        (nameof(Name), Name),
        ("Type", RecordType),
        (nameof(AliasTarget), AliasTarget));
}

internal sealed record AliasTarget(CfnValue DNSName, CfnValue HostedZoneId, CfnValue EvaluateTargetHealth) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(DNSName), DNSName),
        (nameof(HostedZoneId), HostedZoneId),
        (nameof(EvaluateTargetHealth), EvaluateTargetHealth));
}

internal sealed record WebAcl : ResourceProperties
{
    public override string Type => "AWS::WAFv2::WebACL";

    public required CfnValue Name { get; init; }

    public required CfnValue Description { get; init; }

    public required CfnValue Scope { get; init; }

    public required ImmutableArray<WebAclRule> Rules { get; init; }

    public required VisibilityConfig VisibilityConfig { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Name), Name),
        (nameof(Description), Description),
        (nameof(Scope), Scope),
        ("DefaultAction", CfnValue.Map.Of(("Allow", CfnValue.Map.Of()))),
        (nameof(Rules), CfnValue.Each(Rules)),
        (nameof(VisibilityConfig), VisibilityConfig));
}

/// <param name="Action">Of a rule of our own; null: the rules of the group decide.</param>
internal sealed record WebAclRule(string Name, CfnValue Priority, CfnValue.Map Statement, string? Action) : Part
{
    public static WebAclRule ManagedGroup(string name, int priority) => new(
        name,
        priority,
        CfnValue.Map.Of(("ManagedRuleGroupStatement", CfnValue.Map.Of(("VendorName", "AWS"), ("Name", name)))),
        Action: null);

    /// <param name="limit">Requests of one address in five minutes.</param>
    public static WebAclRule Rate(string name, int priority, int limit) => new(
        name,
        priority,
        CfnValue.Map.Of(("RateBasedStatement", CfnValue.Map.Of(("Limit", limit), ("AggregateKeyType", "IP"), ("EvaluationWindowSec", 300)))),
        "Block");

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Name), Name),
        (nameof(Priority), Priority),
        (nameof(Statement), Statement),
        (nameof(Action), Action is null ? null : CfnValue.Map.Of((Action, CfnValue.Map.Of()))),
        ("OverrideAction", Action is null ? CfnValue.Map.Of(("None", CfnValue.Map.Of())) : null),
        (nameof(VisibilityConfig), new VisibilityConfig(Name)));
}

internal sealed record VisibilityConfig(string MetricName) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(MetricName), MetricName), ("CloudWatchMetricsEnabled", true), ("SampledRequestsEnabled", true));
}
