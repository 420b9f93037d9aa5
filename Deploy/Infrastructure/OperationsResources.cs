using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

internal sealed record Topic : ResourceProperties
{
    public override string Type => "AWS::SNS::Topic";

    public required CfnValue TopicName { get; init; }

    public required ImmutableArray<TopicSubscription> Subscription { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(TopicName), TopicName), (nameof(Subscription), CfnValue.Each(Subscription)));
}

internal sealed record TopicSubscription(CfnValue Endpoint, CfnValue Protocol) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Endpoint), Endpoint), (nameof(Protocol), Protocol));
}

internal sealed record TopicPolicy : ResourceProperties
{
    public override string Type => "AWS::SNS::TopicPolicy";

    public required CfnValue Topics { get; init; }

    public required PolicyDocument PolicyDocument { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Topics), Topics), (nameof(PolicyDocument), PolicyDocument));
}

internal sealed record Alarm : ResourceProperties
{
    public override string Type => "AWS::CloudWatch::Alarm";

    public required CfnValue AlarmDescription { get; init; }

    public required CfnValue Namespace { get; init; }

    public required CfnValue MetricName { get; init; }

    public required ImmutableArray<MetricDimension> Dimensions { get; init; }

    /// <summary><see cref="ExtendedStatistic"/> is for percentiles; one of the two is there.</summary>
    public CfnValue? Statistic { get; init; }

    public CfnValue? ExtendedStatistic { get; init; }

    /// <summary>Seconds.</summary>
    public required CfnValue Period { get; init; }

    public required CfnValue EvaluationPeriods { get; init; }

    public required CfnValue Threshold { get; init; }

    public required CfnValue ComparisonOperator { get; init; }

    public required CfnValue TreatMissingData { get; init; }

    public required CfnValue AlarmActions { get; init; }

    public required CfnValue OKActions { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(AlarmDescription), AlarmDescription),
        (nameof(Namespace), Namespace),
        (nameof(MetricName), MetricName),
        (nameof(Dimensions), CfnValue.Each(Dimensions)),
        (nameof(Statistic), Statistic),
        (nameof(ExtendedStatistic), ExtendedStatistic),
        (nameof(Period), Period),
        (nameof(EvaluationPeriods), EvaluationPeriods),
        (nameof(Threshold), Threshold),
        (nameof(ComparisonOperator), ComparisonOperator),
        (nameof(TreatMissingData), TreatMissingData),
        (nameof(AlarmActions), AlarmActions),
        (nameof(OKActions), OKActions));
}

internal sealed record MetricDimension(CfnValue Name, CfnValue Value) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Name), Name), (nameof(Value), Value));
}

internal sealed record Budget : ResourceProperties
{
    public override string Type => "AWS::Budgets::Budget";

    public required CfnValue BudgetName { get; init; }

    /// <summary>US dollars a month.</summary>
    public required CfnValue Amount { get; init; }

    /// <summary>As <c>user:KEY$VALUE</c>: tags that were activated for cost allocation.</summary>
    public required ImmutableArray<string> TagKeyValue { get; init; }

    /// <summary>Create-only.</summary>
    public required ImmutableArray<BudgetNotification> NotificationsWithSubscribers { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        ("Budget", CfnValue.Map.Of(
            (nameof(BudgetName), BudgetName),
            ("BudgetType", "COST"),
            ("TimeUnit", "MONTHLY"),
            ("BudgetLimit", CfnValue.Map.Of((nameof(Amount), Amount), ("Unit", "USD"))),
            ("CostFilters", CfnValue.Map.Of((nameof(TagKeyValue), CfnValue.Texts(TagKeyValue)))))),
        (nameof(NotificationsWithSubscribers), CfnValue.Each(NotificationsWithSubscribers)));
}

/// <param name="NotificationType"><c>ACTUAL</c> or <c>FORECASTED</c>.</param>
/// <param name="Threshold">Percent of the amount.</param>
internal sealed record BudgetNotification(CfnValue NotificationType, CfnValue Threshold, CfnValue Address) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        ("Notification", CfnValue.Map.Of(
            (nameof(NotificationType), NotificationType),
            ("ComparisonOperator", "GREATER_THAN"),
            (nameof(Threshold), Threshold),
            ("ThresholdType", "PERCENTAGE"))),
        ("Subscribers", CfnValue.List.Of(CfnValue.Map.Of(("SubscriptionType", "EMAIL"), (nameof(Address), Address)))));
}
