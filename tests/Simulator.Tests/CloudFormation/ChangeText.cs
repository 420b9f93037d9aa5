using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>A change set as a person would write it down.</summary>
internal static class ChangeText
{
    public static string Of(ChangeSet changeSet) =>
        string.Concat(((IEnumerable<string>)[$"{changeSet.Status} {changeSet.ExecutionStatus} {changeSet.StatusReason}".TrimEnd(), .. changeSet.Changes.SelectMany(Lines)]).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(ResourceChange change) =>
    [
        $"{change.Action} {change.LogicalResourceId} {change.ResourceType} replacement={change.Replacement} policy={change.PolicyAction} scope={string.Join(',', change.Scope)}",
        .. change.Details.SelectMany(detail => (IEnumerable<string>)
        [
            $"  {detail.Target.Attribute} {detail.Target.Name} {detail.Target.Path} {detail.Target.AttributeChangeType} recreation={detail.Target.RequiresRecreation}",
            $"    {detail.Evaluation} {detail.ChangeSource} {detail.CausingEntity}".TrimEnd(),
            $"    {detail.Target.BeforeValue} -> {detail.Target.AfterValue}",
        ]),
    ];
}
