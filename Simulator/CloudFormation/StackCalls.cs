using System.Xml.Linq;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.CloudFormation;

/// <summary>What is asked of stacks.</summary>
internal sealed class StackCalls(StackStore stacks)
{
    private const int Page = 100;

    public Answer Describe(CallInput input)
    {
        IEnumerable<StackRecord> wanted = input.Text("StackName") is { } name
            ? [stacks.Find(name) ?? throw StackErrors.NoStackWithId(name)]
            : stacks.Records.Stacks.Where(stack => !stack.IsDeleted).OrderByDescending(stack => stack.CreatedAt);
        var (items, next) = AnswerPages.Of(wanted, input, Page);
        return Answer.Of(Elements.List("Stacks", items, StackFields), next);
    }

    public Answer List(CallInput input)
    {
        var statuses = input.Texts("StackStatusFilter");
        var wanted = stacks.Records.Stacks.Where(stack => statuses.IsEmpty || statuses.Contains(stack.Status)).OrderByDescending(stack => stack.CreatedAt);
        var (items, next) = AnswerPages.Of(wanted, input, Page);
        return Answer.Of(
            Elements.List("StackSummaries", items, stack =>
            [
                Elements.Text("StackId", stack.Id), Elements.Text("StackName", stack.Name), Elements.Text("TemplateDescription", DescriptionOf(stack)),
                Elements.Time("CreationTime", stack.CreatedAt), Elements.Time("LastUpdatedTime", stack.UpdatedAt), Elements.Time("DeletionTime", stack.DeletedAt),
                Elements.Text("StackStatus", stack.Status), Elements.Text("StackStatusReason", stack.StatusReason),
                Drift("StackDriftStatus", stack.DriftStatus, stack.DriftCheckedAt),
            ]),
            next);
    }

    public Answer Events(CallInput input)
    {
        var stack = Existing(input);
        var (items, next) = AnswerPages.Of(Enumerable.Reverse(stack.Events), input, Page);
        return Answer.Of(
            Elements.List("StackEvents", items, happened =>
            [
                Elements.Text("StackId", stack.Id), Elements.Text("EventId", happened.Id), Elements.Text("StackName", stack.Name), Elements.Text("OperationId", happened.OperationId),
                Elements.Text("LogicalResourceId", happened.LogicalId), Elements.Text("PhysicalResourceId", happened.PhysicalId), Elements.Text("ResourceType", happened.Type),
                Elements.Time("Timestamp", happened.Time), Elements.Text("ResourceStatus", happened.Status), Elements.Text("ResourceStatusReason", happened.Reason),
                Elements.Text("ResourceProperties", happened.Properties), Elements.Text("ClientRequestToken", happened.Token), Elements.Text("DetailedStatus", happened.DetailedStatus),
            ]),
            next);
    }

    public Answer OperationEvents(CallInput input)
    {
        var failedOnly = input.Structure("Filters")?.Flag("FailedEvents") == true;
        var events = input.Text("ChangeSetName") is { } changeSet ? OfChangeSet(changeSet, input.Text("StackName"))
            : input.Text("OperationId") is { } operation ? stacks.Records.Stacks.SelectMany(stack => OfStack(stack, operation))
            : input.Has("StackName") ? OfStack(Existing(input), operation: null)
            : throw StackErrors.Validation("One of ChangeSetName, OperationId or StackName must be specified");
        var (items, next) = AnswerPages.Of(events.Where(found => !failedOnly || found.IsFailure).Select(found => found.Fields), input, Page);
        return Answer.Of(Elements.List("OperationEvents", items, fields => fields), next);
    }

    public Answer Resources(CallInput input)
    {
        var stack = Existing(input);
        var (items, next) = AnswerPages.Of(stack.Resources.OrderBy(resource => resource.LogicalId, StringComparer.Ordinal), input, Page);
        return Answer.Of(Elements.List("StackResourceSummaries", items, resource => ResourceFields(resource, "LastUpdatedTimestamp")), next);
    }

    public Answer DescribeResources(CallInput input)
    {
        var stack = Existing(input);
        var logicalId = input.Text("LogicalResourceId");
        return Answer.Of(Elements.List(
            "StackResources",
            stack.Resources.Where(resource => logicalId is null || resource.LogicalId == logicalId).OrderBy(resource => resource.LogicalId, StringComparer.Ordinal),
            resource => [Elements.Text("StackName", stack.Name), Elements.Text("StackId", stack.Id), .. ResourceFields(resource, "Timestamp")]));
    }

    public Answer Exports(CallInput input)
    {
        var (items, next) = AnswerPages.Of(stacks.Exports.OrderBy(export => export.Output.ExportName, StringComparer.Ordinal), input, Page);
        return Answer.Of(
            Elements.List("Exports", items, export =>
            [
                Elements.Text("ExportingStackId", export.Stack.Id), Elements.Text("Name", export.Output.ExportName), Elements.Text("Value", export.Output.Value),
            ]),
            next);
    }

    public Answer Imports(CallInput input)
    {
        var name = input.Required("ExportName");
        var importers = stacks.ImportersOf(name);
        if (importers.Count == 0)
        {
            throw StackErrors.Validation($"Export '{name}' is not imported by any stack.");
        }

        var (items, next) = AnswerPages.Of(importers, input, Page);
        return Answer.Of(Elements.Texts("Imports", items), next);
    }

    public Answer GetPolicy(CallInput input) => Answer.Of(Elements.Text("StackPolicyBody", Existing(input).Policy));

    private StackRecord Existing(CallInput input)
    {
        var name = input.Required("StackName");
        return stacks.Find(name) ?? throw StackErrors.NoStack(name);
    }

    private string? DescriptionOf(StackRecord stack) => stack.Content is { } content ? stacks.Template(content.TemplateBody).Description : null;

    private IEnumerable<XElement?> StackFields(StackRecord stack)
    {
        // A change set that is all there is of a stack shows what it was made with.
        var content = stack.Content;
        return
        [
            Elements.Text("StackId", stack.Id), Elements.Text("StackName", stack.Name), Elements.Text("ChangeSetId", stack.ChangeSetId ?? (content is null ? stack.ChangeSets.LastOrDefault()?.Id : null)),
            Elements.Text("Description", DescriptionOf(stack)),
            Elements.List("Parameters", content?.Parameters ?? [], parameter => ParameterFields(parameter)),
            Elements.Time("CreationTime", stack.CreatedAt), Elements.Time("DeletionTime", stack.DeletedAt), Elements.Time("LastUpdatedTime", stack.UpdatedAt),
            Elements.Structure("RollbackConfiguration"), Elements.Text("StackStatus", stack.Status), Elements.Text("StackStatusReason", stack.StatusReason),
            Elements.Flag("DisableRollback", stack.DisableRollback), Elements.Texts("NotificationARNs", []), Elements.Texts("Capabilities", content?.Capabilities ?? []),
            Elements.List("Outputs", stack.Status == "REVIEW_IN_PROGRESS" ? [] : stack.Outputs, output =>
            [
                Elements.Text("OutputKey", output.Key), Elements.Text("OutputValue", output.Value), Elements.Text("Description", output.Description),
                Elements.Text("ExportName", output.ExportName),
            ]),
            Elements.Text("RoleARN", stack.RoleArn),
            Elements.List("Tags", content?.Tags ?? [], tag => [Elements.Text("Key", tag.Key), Elements.Text("Value", tag.Value)]),
            Elements.Flag("EnableTerminationProtection", stack.IsProtected), Drift("StackDriftStatus", stack.DriftStatus, stack.DriftCheckedAt),
            Elements.List("LastOperations", Enumerable.Reverse(stack.Operations).Take(2), operation => [Elements.Text("OperationType", operation.Type), Elements.Text("OperationId", operation.Id)]),
        ];
    }

    public static IEnumerable<XElement?> ParameterFields(ParameterRecord parameter) =>
    [
        Elements.Text("ParameterKey", parameter.Key), Elements.Text("ParameterValue", parameter.NoEcho ? "****" : parameter.Value), Elements.Text("ResolvedValue", parameter.ResolvedValue),
    ];

    private static IEnumerable<XElement?> ResourceFields(ResourceRecord resource, string time) =>
    [
        Elements.Text("LogicalResourceId", resource.LogicalId), Elements.Text("PhysicalResourceId", resource.PhysicalId), Elements.Text("ResourceType", resource.Type),
        Elements.Time(time, resource.UpdatedAt), Elements.Text("ResourceStatus", resource.Status), Elements.Text("ResourceStatusReason", resource.StatusReason),
        Drift("StackResourceDriftStatus", resource.DriftStatus ?? "NOT_CHECKED", resource.DriftCheckedAt),
    ];

    private static XElement Drift(string name, string status, DateTimeOffset? time) => Elements.Structure("DriftInformation", Elements.Text(name, status), Elements.Time("LastCheckTimestamp", time));

    private IEnumerable<(bool IsFailure, IEnumerable<XElement?> Fields)> OfChangeSet(string nameOrId, string? stackName) =>
        from stack in stacks.Records.Stacks
        where stackName is null || stack.Name == stackName || stack.Id == stackName
        from changeSet in stack.ChangeSets
        where changeSet.Id == nameOrId || (stackName is not null && changeSet.Name == nameOrId)
        from validation in changeSet.Validations
        select (true, (IEnumerable<XElement?>)
        [
            Elements.Text("EventId", validation.EventId), Elements.Text("StackId", stack.Id), Elements.Text("OperationId", changeSet.OperationId),
            Elements.Text("OperationType", "CREATE_CHANGESET"), Elements.Text("EventType", "VALIDATION_ERROR"), Elements.Text("LogicalResourceId", validation.LogicalId),
            Elements.Text("PhysicalResourceId", validation.PhysicalId), Elements.Text("ResourceType", validation.Type), Elements.Time("Timestamp", validation.Time),
            Elements.Text("ValidationFailureMode", "FAIL"), Elements.Text("ValidationName", validation.Name), Elements.Text("ValidationStatus", "FAILED"),
            Elements.Text("ValidationStatusReason", validation.Reason), Elements.Text("ValidationPath", validation.Path),
        ]);

    private static IEnumerable<(bool IsFailure, IEnumerable<XElement?> Fields)> OfStack(StackRecord stack, string? operation) =>
        from happened in Enumerable.Reverse(stack.Events)
        where operation is null || happened.OperationId == operation
        let isFailure = happened.Status.EndsWith("_FAILED", StringComparison.Ordinal)
        let entry = stack.Operations.Find(entry => entry.Id == happened.OperationId)
        select (isFailure, (IEnumerable<XElement?>)
        [
            Elements.Text("EventId", happened.Id), Elements.Text("StackId", stack.Id), Elements.Text("OperationId", happened.OperationId),
            Elements.Text("OperationType", entry?.Type), Elements.Text("OperationStatus", entry?.Status),
            Elements.Text("EventType", happened.Type == StackStore.StackType ? "STACK_EVENT" : isFailure ? "PROVISIONING_ERROR" : "PROGRESS_EVENT"),
            Elements.Text("LogicalResourceId", happened.LogicalId), Elements.Text("PhysicalResourceId", happened.PhysicalId), Elements.Text("ResourceType", happened.Type),
            Elements.Time("Timestamp", happened.Time), Elements.Text("ResourceStatus", happened.Status), Elements.Text("ResourceStatusReason", happened.Reason),
            Elements.Text("ResourceProperties", happened.Properties), Elements.Text("ClientRequestToken", happened.Token),
        ]);
}
