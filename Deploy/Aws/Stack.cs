using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>A stack as DescribeStacks tells of it.</summary>
internal sealed record Stack
{
    /// <summary>ARN: also finds the stack after its deletion, where the name finds another one or none.</summary>
    public required string StackId { get; init; }

    public required string StackName { get; init; }

    /// <summary>See <see cref="StackStatus.ConditionOf"/>.</summary>
    public required string StackStatus { get; init; }

    public string? StackStatusReason { get; init; }

    /// <summary><c>CONFIGURATION_COMPLETE</c>: made, not yet stable. <c>VALIDATION_FAILED</c>: refused before anything was done.</summary>
    public string? DetailedStatus { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public DateTimeOffset? LastUpdatedTime { get; init; }

    public DateTimeOffset? DeletionTime { get; init; }

    public string? RoleARN { get; init; }

    public string? ChangeSetId { get; init; }

    public bool EnableTerminationProtection { get; init; }

    /// <summary><c>DRIFTED</c>, <c>IN_SYNC</c>, <c>UNKNOWN</c>, <c>NOT_CHECKED</c>: of the last check.</summary>
    public string? StackDriftStatus { get; init; }

    public ImmutableArray<StackOutput> Outputs { get; init; } = [];

    public ImmutableArray<StackParameter> Parameters { get; init; } = [];

    public ImmutableArray<AwsTag> Tags { get; init; } = [];

    public ImmutableArray<string> Capabilities { get; init; } = [];

    public ImmutableArray<StackOperation> LastOperations { get; init; } = [];

    public static Stack Read(XElement element) => new()
    {
        StackId = element.Always(nameof(StackId)),
        StackName = element.Always(nameof(StackName)),
        StackStatus = element.Always(nameof(StackStatus)),
        StackStatusReason = element.Text(nameof(StackStatusReason)),
        DetailedStatus = element.Text(nameof(DetailedStatus)),
        Description = element.Text(nameof(Description)),
        CreationTime = element.Time(nameof(CreationTime)),
        LastUpdatedTime = element.Time(nameof(LastUpdatedTime)),
        DeletionTime = element.Time(nameof(DeletionTime)),
        RoleARN = element.Text(nameof(RoleARN)),
        ChangeSetId = element.Text(nameof(ChangeSetId)),
        EnableTerminationProtection = element.Flag(nameof(EnableTerminationProtection)),
        StackDriftStatus = element.Child("DriftInformation")?.Text(nameof(StackDriftStatus)),
        Outputs = element.Members(nameof(Outputs), output => new StackOutput(
            output.Always(nameof(StackOutput.OutputKey)), output.Always(nameof(StackOutput.OutputValue)), output.Text(nameof(StackOutput.Description)), output.Text(nameof(StackOutput.ExportName)))),
        Parameters = element.Members(nameof(Parameters), StackParameter.Read),
        Tags = element.Members(nameof(Tags), AwsTag.Read),
        Capabilities = element.Texts(nameof(Capabilities)),
        LastOperations = element.Members(nameof(LastOperations), operation => new StackOperation(
            operation.Always(nameof(StackOperation.OperationType)), operation.Always(nameof(StackOperation.OperationId)))),
    };
}

internal sealed record StackOutput(string OutputKey, string OutputValue, string? Description, string? ExportName);

/// <param name="ParameterValue">Null: the value of before, with <paramref name="UsePreviousValue"/>. <c>****</c> where the template says NoEcho.</param>
internal sealed record StackParameter(string ParameterKey, string? ParameterValue, bool? UsePreviousValue)
{
    public static StackParameter Read(XElement element) =>
        new(element.Always(nameof(ParameterKey)), element.Text(nameof(ParameterValue)), element.Text(nameof(UsePreviousValue)) is null ? null : element.Flag(nameof(UsePreviousValue)));

    public static void Write(QueryForm form, StackParameter parameter) => form
        .Text(nameof(ParameterKey), parameter.ParameterKey)
        .Text(nameof(ParameterValue), parameter.ParameterValue)
        .Flag(nameof(UsePreviousValue), parameter.UsePreviousValue);
}

/// <param name="OperationType">Such as <c>UPDATE_STACK</c>.</param>
/// <param name="OperationId">Of <see cref="DescribeEventsRequest"/>.</param>
internal sealed record StackOperation(string OperationType, string OperationId);

/// <summary>A line of ListStacks, which also knows stacks that were deleted in the last 90 days.</summary>
internal sealed record StackSummary(string StackId, string StackName, string StackStatus, DateTimeOffset? CreationTime, DateTimeOffset? DeletionTime)
{
    public static StackSummary Read(XElement element) => new(
        element.Always(nameof(StackId)),
        element.Always(nameof(StackName)),
        element.Always(nameof(StackStatus)),
        element.Time(nameof(CreationTime)),
        element.Time(nameof(DeletionTime)));
}

/// <summary>A resource of a stack as ListStackResources tells of it.</summary>
internal sealed record StackResourceSummary
{
    public required string LogicalResourceId { get; init; }

    public string? PhysicalResourceId { get; init; }

    public required string ResourceType { get; init; }

    public required string ResourceStatus { get; init; }

    public string? ResourceStatusReason { get; init; }

    public DateTimeOffset? LastUpdatedTimestamp { get; init; }

    public string? StackResourceDriftStatus { get; init; }

    public static StackResourceSummary Read(XElement element) => new()
    {
        LogicalResourceId = element.Always(nameof(LogicalResourceId)),
        PhysicalResourceId = element.Text(nameof(PhysicalResourceId)),
        ResourceType = element.Always(nameof(ResourceType)),
        ResourceStatus = element.Always(nameof(ResourceStatus)),
        ResourceStatusReason = element.Text(nameof(ResourceStatusReason)),
        LastUpdatedTimestamp = element.Time(nameof(LastUpdatedTimestamp)),
        StackResourceDriftStatus = element.Child("DriftInformation")?.Text(nameof(StackResourceDriftStatus)),
    };
}

/// <summary>DeleteStack.</summary>
internal sealed record DeleteStackRequest
{
    /// <summary>The ARN, so that a stack of the same name that somebody makes meanwhile is safe.</summary>
    public required string StackName { get; init; }

    public required string ClientRequestToken { get; init; }

    public string? RoleARN { get; init; }

    /// <summary>Logical ids that stay in the account; only for a stack in DELETE_FAILED.</summary>
    public ImmutableArray<string> RetainResources { get; init; } = [];

    /// <summary><c>STANDARD</c> or <c>FORCE_DELETE_STACK</c>; null for the first.</summary>
    public string? DeletionMode { get; init; }
}

/// <summary>ContinueUpdateRollback: of a stack in UPDATE_ROLLBACK_FAILED.</summary>
internal sealed record ContinueUpdateRollbackRequest
{
    public required string StackName { get; init; }

    public required string ClientRequestToken { get; init; }

    public string? RoleARN { get; init; }

    /// <summary>Logical ids that are left as they are.</summary>
    public ImmutableArray<string> ResourcesToSkip { get; init; } = [];
}

/// <summary>RollbackStack: of a stack in CREATE_FAILED or UPDATE_FAILED.</summary>
internal sealed record RollbackStackRequest
{
    public required string StackName { get; init; }

    public required string ClientRequestToken { get; init; }

    public string? RoleARN { get; init; }

    public bool? RetainExceptOnCreate { get; init; }
}

internal sealed record StackExport(string ExportingStackId, string Name, string Value);
