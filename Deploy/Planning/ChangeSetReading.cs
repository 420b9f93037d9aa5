using System.Collections.Immutable;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Planning;

/// <summary>From CloudFormation's words for a change to ours.</summary>
internal static class ChangeSetReading
{
    private const string Properties = "/Properties/";
    private const int LongestValue = 200;

    public static PlannedChange Read(ResourceChange change) => new(ActionOf(change.Action), change.LogicalResourceId, change.ResourceType)
    {
        PhysicalId = change.PhysicalResourceId,
        Replacement = ReplacementOf(change.Replacement),
        PolicyAction = change.PolicyAction,
        Properties = change.Action is "Modify" or "Dynamic" ? PropertiesOf(change) : [],
    };

    private static ChangeAction ActionOf(string action) => action switch
    {
        "Add" => ChangeAction.Add,
        "Modify" or "SyncWithActual" => ChangeAction.Modify,
        "Remove" => ChangeAction.Remove,
        "Import" => ChangeAction.Import,
        _ => ChangeAction.Unknown,
    };

    private static Replacement ReplacementOf(string? replacement) => replacement switch
    {
        "True" => Replacement.Yes,
        "Conditional" => Replacement.Maybe,
        _ => Replacement.No,
    };

    // A property stands there twice where one cause is certain and the other is not: the certain one has the values.
    private static ImmutableArray<PropertyChange> PropertiesOf(ResourceChange change) =>
    [
        .. change.Details.Select(detail => detail.Target).GroupBy(PathOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new PropertyChange(
            group.Key, Short(group.Select(target => target.BeforeValue).FirstOrDefault(value => value is not null)), Short(group.Select(target => target.AfterValue).FirstOrDefault(value => value is not null)))
        {
            Replacement = group.Max(target => target.RequiresRecreation switch { "Always" => Replacement.Yes, "Conditionally" => Replacement.Maybe, _ => Replacement.No }),
        }),
    ];

    // A JSON pointer: /Properties/ResourcesVpcConfig/PublicAccessCidrs/0
    private static string PathOf(ResourceTarget target)
    {
        var path = target.Path is { } pointer && pointer.StartsWith(Properties, StringComparison.Ordinal)
            ? pointer[Properties.Length..].Replace('/', '.').Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : target.Name;
        return path ?? target.Attribute ?? "";
    }

    private static string? Short(string? value) => value is { Length: > LongestValue } ? value[..LongestValue] + "…" : value;
}
