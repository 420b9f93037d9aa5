using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>The words that plans are told in, on terminals and in pull requests.</summary>
internal static class PlanWords
{
    public static string Of(StackAction action) => action switch
    {
        StackAction.Create => "is made",
        StackAction.Update => "changes",
        StackAction.None => "stays as it is",
        StackAction.Attach => "is waited for",
        StackAction.Recover => "is recovered",
        StackAction.Delete => "is deleted",
        _ => "comes with the rollout",
    };

    public static string Of(RiskKind kind) => kind switch
    {
        RiskKind.DataLoss => "data loss",
        RiskKind.Downtime => "downtime",
        _ => "replacement",
    };

    public static string Of(ImagePlan image) => image.Action switch
    {
        ImageAction.Unchanged => $"unchanged, {image.Digest}{Findings(image)}",
        ImageAction.TakenOver => $"not built, as another environment has it: {image.Digest}{Findings(image)}",
        ImageAction.New => $"new, {image.Digest}, {Size(image.BytesToSend ?? 0)} to send",
        ImageAction.Changed => "changes: the registry has no image of these sources",
        _ => $"is built when it is deployed{(image.Because is { } because ? $", as {because}" : "")}",
    };

    private static string Findings(ImagePlan image) => image.Findings is { } findings ? $", vulnerabilities: {findings}" : "";

    public static string Sign(PlannedChange change) => change switch
    {
        { Action: ChangeAction.Add or ChangeAction.Import } => "+",
        { Action: ChangeAction.Remove } => "-",
        { Replacement: Replacement.Yes } => "-/+",
        _ => "~",
    };

    /// <summary>What a line says behind the resource.</summary>
    public static string Consequence(PlannedChange change) => change switch
    {
        { Action: ChangeAction.Import } => ", is there and taken over",
        { Action: ChangeAction.Remove, PolicyAction: "Retain" } => ", leaves the stack and stays in the account",
        { Action: ChangeAction.Remove } => ", is deleted",
        { Action: ChangeAction.Unknown } => ", known when it is done",
        { Replacement: Replacement.Yes, PolicyAction: "ReplaceAndRetain" } => ", is replaced, the old one stays in the account",
        { Replacement: Replacement.Yes } => ", is replaced",
        { Replacement: Replacement.Maybe } => ", may be replaced",
        _ => "",
    };

    /// <summary>Such as <c>6 Subnet, VPC</c>: what a stack consists of.</summary>
    public static string Kinds(ImmutableArray<PlannedChange> changes) => string.Join(
        ", ",
        changes.GroupBy(change => change.Type.Split("::")[^1], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Count() == 1 ? group.Key : string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));

    public static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:#,##0.00}");

    public static string Difference(decimal amount) => amount == 0 ? "no change" : $"{(amount > 0 ? "+" : "-")}{Dollars(Math.Abs(amount))}";

    /// <summary>Rounded as a guess should be: <c>about 12 min</c>.</summary>
    public static string Duration(TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? "less than a minute" : string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(span.TotalMinutes):0} min");

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
    };
}
