using System.Collections.Immutable;

namespace Platform.Deploy.Planning;

/// <summary>Who may newly do what, or may no longer.</summary>
/// <param name="Who">Such as <c>role shop-dev-node</c>.</param>
/// <param name="IsMore">Whether something is allowed that was not.</param>
/// <param name="What">The rest of the sentence, such as <c>may pull images of shop/*</c>.</param>
/// <param name="Where">Stack and logical id.</param>
internal sealed record AccessChange(string Who, bool IsMore, string What, string Where);

/// <summary>What becomes reachable, or no longer is.</summary>
/// <param name="What">Such as <c>the Kubernetes API of shop-dev</c>.</param>
/// <param name="IsMore">Whether it was not reachable before.</param>
/// <param name="From">Such as <c>203.0.113.7/32</c>, <c>the internet</c>.</param>
/// <param name="Where">Stack and logical id.</param>
internal sealed record ExposureChange(string What, bool IsMore, string From, string Where);

/// <summary>What may go wrong, or be lost, when a change is made.</summary>
/// <param name="Stack">Name in CloudFormation.</param>
/// <param name="LogicalId">Of the resource; null: the stack as a whole.</param>
/// <param name="Text">A sentence that says what happens.</param>
internal sealed record Risk(RiskKind Kind, string Stack, string? LogicalId, string Text)
{
    /// <summary>The plan is refused unless somebody allows it by name.</summary>
    public required bool NeedsAllowance { get; init; }

    public required bool IsAllowed { get; init; }

    /// <summary>What to name: the logical id, or the stack's short name.</summary>
    public required string AllowanceName { get; init; }
}

internal enum RiskKind
{
    Replacement,
    Downtime,
    DataLoss,
}

/// <summary>US dollars a month, at list prices.</summary>
/// <param name="Lines">Largest first.</param>
/// <param name="PricesOf">The day of the price list, such as <c>2026-07-20</c>.</param>
/// <param name="PricesRegion">The region that the list is of.</param>
internal sealed record Cost(ImmutableArray<CostLine> Lines, string PricesOf, string PricesRegion)
{
    public decimal Before => Lines.Sum(line => line.Before);

    public decimal After => Lines.Sum(line => line.After);
}

/// <param name="Name">What is paid for, such as <c>NAT gateways</c>.</param>
/// <param name="Detail">How much of it, such as <c>3 x 0.045 $/h</c>.</param>
/// <param name="WithRollout">An estimate of what Kubernetes will ask for.</param>
internal sealed record CostLine(string Name, string Detail, decimal Before, decimal After, bool WithRollout);

/// <summary>How long AWS supports the version of Kubernetes.</summary>
/// <param name="Version">Such as <c>1.36</c>.</param>
/// <param name="EndOfStandardSupport">Null: AWS does not say.</param>
/// <param name="DaysLeft">Negative: over.</param>
internal sealed record KubernetesSupport(string Version, DateTimeOffset? EndOfStandardSupport, int? DaysLeft, bool IsExtended);
