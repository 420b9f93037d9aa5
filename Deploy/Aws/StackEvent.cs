using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>A line of DescribeStackEvents.</summary>
internal sealed record StackEvent
{
    public required string EventId { get; init; }

    public required string StackId { get; init; }

    public required string StackName { get; init; }

    public required string LogicalResourceId { get; init; }

    public string? PhysicalResourceId { get; init; }

    public required string ResourceType { get; init; }

    public required string ResourceStatus { get; init; }

    public string? ResourceStatusReason { get; init; }

    public string? DetailedStatus { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Of the request that began the operation.</summary>
    public string? ClientRequestToken { get; init; }

    public string? OperationId { get; init; }

    /// <summary>JSON of what the resource was to become.</summary>
    public string? ResourceProperties { get; init; }

    public string? HookType { get; init; }

    public string? HookStatus { get; init; }

    public string? HookStatusReason { get; init; }

    /// <summary>Of the stack itself, rather than of one of its resources or of a stack inside of it.</summary>
    public bool IsOfStack => ResourceType == "AWS::CloudFormation::Stack" && PhysicalResourceId == StackId;

    public bool IsFailure => ResourceStatus.EndsWith("_FAILED", StringComparison.Ordinal);

    /// <summary>Failed only because another resource did.</summary>
    public bool IsCancelled => IsFailure && AwsMessages.SaysCancelled(ResourceStatusReason ?? "");

    public static StackEvent Read(XElement element) => new()
    {
        EventId = element.Always(nameof(EventId)),
        StackId = element.Always(nameof(StackId)),
        StackName = element.Always(nameof(StackName)),
        LogicalResourceId = element.Always(nameof(LogicalResourceId)),
        PhysicalResourceId = element.Text(nameof(PhysicalResourceId)),
        ResourceType = element.Always(nameof(ResourceType)),
        ResourceStatus = element.Always(nameof(ResourceStatus)),
        ResourceStatusReason = element.Text(nameof(ResourceStatusReason)),
        DetailedStatus = element.Text(nameof(DetailedStatus)),
        Timestamp = element.Time(nameof(Timestamp)),
        ClientRequestToken = element.Text(nameof(ClientRequestToken)),
        OperationId = element.Text(nameof(OperationId)),
        ResourceProperties = element.Text(nameof(ResourceProperties)),
        HookType = element.Text(nameof(HookType)),
        HookStatus = element.Text(nameof(HookStatus)),
        HookStatusReason = element.Text(nameof(HookStatusReason)),
    };
}

/// <summary>DescribeEvents: the events of one operation, or of the check of a change set before it is executed.</summary>
internal sealed record DescribeEventsRequest
{
    public string? StackName { get; init; }

    /// <summary>ARN.</summary>
    public string? ChangeSetName { get; init; }

    public string? OperationId { get; init; }

    /// <summary>Only what failed.</summary>
    public bool? FailedEvents { get; init; }

    public QueryForm Form() => QueryForm.Query()
        .Text(nameof(StackName), StackName)
        .Text(nameof(ChangeSetName), ChangeSetName)
        .Text(nameof(OperationId), OperationId)
        .Flag("Filters.FailedEvents", FailedEvents);
}

/// <summary>A line of DescribeEvents.</summary>
internal sealed record OperationEvent
{
    public required string EventId { get; init; }

    /// <summary><c>STACK_EVENT</c>, <c>PROGRESS_EVENT</c>, <c>VALIDATION_ERROR</c>, <c>PROVISIONING_ERROR</c>, <c>HOOK_INVOCATION_ERROR</c>.</summary>
    public required string EventType { get; init; }

    public string? OperationId { get; init; }

    public string? OperationType { get; init; }

    public string? OperationStatus { get; init; }

    public string? LogicalResourceId { get; init; }

    public string? PhysicalResourceId { get; init; }

    public string? ResourceType { get; init; }

    public string? ResourceStatus { get; init; }

    public string? ResourceStatusReason { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? ValidationName { get; init; }

    /// <summary><c>FAILED</c> or <c>SKIPPED</c>.</summary>
    public string? ValidationStatus { get; init; }

    public string? ValidationStatusReason { get; init; }

    /// <summary>Where in the template.</summary>
    public string? ValidationPath { get; init; }

    /// <summary><c>FAIL</c> or <c>WARN</c>.</summary>
    public string? ValidationFailureMode { get; init; }

    public static OperationEvent Read(XElement element) => new()
    {
        EventId = element.Always(nameof(EventId)),
        EventType = element.Always(nameof(EventType)),
        OperationId = element.Text(nameof(OperationId)),
        OperationType = element.Text(nameof(OperationType)),
        OperationStatus = element.Text(nameof(OperationStatus)),
        LogicalResourceId = element.Text(nameof(LogicalResourceId)),
        PhysicalResourceId = element.Text(nameof(PhysicalResourceId)),
        ResourceType = element.Text(nameof(ResourceType)),
        ResourceStatus = element.Text(nameof(ResourceStatus)),
        ResourceStatusReason = element.Text(nameof(ResourceStatusReason)),
        Timestamp = element.Time(nameof(Timestamp)),
        ValidationName = element.Text(nameof(ValidationName)),
        ValidationStatus = element.Text(nameof(ValidationStatus)),
        ValidationStatusReason = element.Text(nameof(ValidationStatusReason)),
        ValidationPath = element.Text(nameof(ValidationPath)),
        ValidationFailureMode = element.Text(nameof(ValidationFailureMode)),
    };
}

/// <summary>How far a check for drift is.</summary>
/// <param name="DetectionStatus"><c>DETECTION_IN_PROGRESS</c>, <c>DETECTION_FAILED</c>, <c>DETECTION_COMPLETE</c>.</param>
/// <param name="StackDriftStatus"><c>DRIFTED</c>, <c>IN_SYNC</c>, <c>UNKNOWN</c>, <c>NOT_CHECKED</c>.</param>
internal sealed record StackDriftDetection(string DetectionStatus, string? DetectionStatusReason, string? StackDriftStatus, int? DriftedStackResourceCount);

/// <summary>A resource that is not as its template says.</summary>
/// <param name="StackResourceDriftStatus"><c>IN_SYNC</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>NOT_CHECKED</c>, <c>UNKNOWN</c>, <c>UNSUPPORTED</c>.</param>
internal sealed record StackResourceDrift(
    string LogicalResourceId, string? PhysicalResourceId, string ResourceType, string StackResourceDriftStatus, string? DriftStatusReason, ImmutableArray<PropertyDifference> PropertyDifferences)
{
    public static StackResourceDrift Read(XElement element) => new(
        element.Always(nameof(LogicalResourceId)),
        element.Text(nameof(PhysicalResourceId)),
        element.Always(nameof(ResourceType)),
        element.Always(nameof(StackResourceDriftStatus)),
        element.Text(nameof(DriftStatusReason)),
        element.Members(nameof(PropertyDifferences), PropertyDifference.Read));
}

/// <param name="PropertyPath">JSON pointer.</param>
/// <param name="ExpectedValue">JSON.</param>
/// <param name="DifferenceType"><c>ADD</c>, <c>REMOVE</c>, <c>NOT_EQUAL</c>.</param>
internal sealed record PropertyDifference(string PropertyPath, string ExpectedValue, string ActualValue, string DifferenceType)
{
    public static PropertyDifference Read(XElement element) => new(
        element.Always(nameof(PropertyPath)), element.Always(nameof(ExpectedValue)), element.Always(nameof(ActualValue)), element.Always(nameof(DifferenceType)));
}
