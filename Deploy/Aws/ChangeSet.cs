using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>CreateChangeSet. The template is sent in the request: at most 51,200 bytes.</summary>
internal sealed record CreateChangeSetRequest
{
    public required string StackName { get; init; }

    public required string ChangeSetName { get; init; }

    /// <summary><c>CREATE</c> for a stack that does not exist or is only under review, else <c>UPDATE</c>; <c>IMPORT</c>.</summary>
    public required string ChangeSetType { get; init; }

    /// <summary>Makes a repeated request the same one.</summary>
    public required string ClientToken { get; init; }

    /// <summary>Null with <see cref="UsePreviousTemplate"/>.</summary>
    public string? TemplateBody { get; init; }

    public bool? UsePreviousTemplate { get; init; }

    public ImmutableArray<StackParameter> Parameters { get; init; } = [];

    /// <summary><c>CAPABILITY_IAM</c>, <c>CAPABILITY_NAMED_IAM</c>, <c>CAPABILITY_AUTO_EXPAND</c>.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];

    public ImmutableArray<AwsTag> Tags { get; init; } = [];

    public string? RoleARN { get; init; }

    public string? Description { get; init; }

    /// <summary><c>DO_NOTHING</c>, <c>ROLLBACK</c>, <c>DELETE</c>.</summary>
    public string? OnStackFailure { get; init; }

    public bool? IncludeNestedStacks { get; init; }

    /// <summary>Takes resources over that have the names of the template already.</summary>
    public bool? ImportExistingResources { get; init; }

    /// <summary><c>REVERT_DRIFT</c>, or null.</summary>
    public string? DeploymentMode { get; init; }

    public QueryForm Form() => QueryForm.Query()
        .Text(nameof(StackName), StackName)
        .Text(nameof(ChangeSetName), ChangeSetName)
        .Text(nameof(ChangeSetType), ChangeSetType)
        .Text(nameof(ClientToken), ClientToken)
        .Text(nameof(TemplateBody), TemplateBody)
        .Flag(nameof(UsePreviousTemplate), UsePreviousTemplate)
        .Structures(nameof(Parameters), Parameters, StackParameter.Write)
        .Texts(nameof(Capabilities), Capabilities)
        .Structures(nameof(Tags), Tags, AwsTag.Write)
        .Text(nameof(RoleARN), RoleARN)
        .Text(nameof(Description), Description)
        .Text(nameof(OnStackFailure), OnStackFailure)
        .Flag(nameof(IncludeNestedStacks), IncludeNestedStacks)
        .Flag(nameof(ImportExistingResources), ImportExistingResources)
        .Text(nameof(DeploymentMode), DeploymentMode);
}

/// <param name="Id">ARN of the change set.</param>
/// <param name="StackId">ARN of the stack, which exists from now on, under review if it is new.</param>
internal sealed record CreateChangeSetResult(string Id, string StackId);

/// <summary>ExecuteChangeSet.</summary>
internal sealed record ExecuteChangeSetRequest
{
    /// <summary>ARN, or the name with <see cref="StackName"/>.</summary>
    public required string ChangeSetName { get; init; }

    /// <summary>Stands in each event of the operation.</summary>
    public required string ClientRequestToken { get; init; }

    public string? StackName { get; init; }

    public bool? DisableRollback { get; init; }

    public bool? RetainExceptOnCreate { get; init; }
}

/// <summary>A change set as DescribeChangeSet tells of it, with the changes of all pages.</summary>
internal sealed record ChangeSet
{
    public required string ChangeSetId { get; init; }

    public required string ChangeSetName { get; init; }

    public required string StackId { get; init; }

    public required string StackName { get; init; }

    /// <summary><c>CREATE_PENDING</c>, <c>CREATE_IN_PROGRESS</c>, <c>CREATE_COMPLETE</c>, <c>FAILED</c>, <c>DELETE_…</c>.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary><c>UNAVAILABLE</c>, <c>AVAILABLE</c>, <c>EXECUTE_IN_PROGRESS</c>, <c>EXECUTE_COMPLETE</c>, <c>EXECUTE_FAILED</c>, <c>OBSOLETE</c>.</summary>
    public required string ExecutionStatus { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public string? Description { get; init; }

    public string? StackDriftStatus { get; init; }

    public ImmutableArray<StackParameter> Parameters { get; init; } = [];

    public ImmutableArray<AwsTag> Tags { get; init; } = [];

    public ImmutableArray<string> Capabilities { get; init; } = [];

    public ImmutableArray<ResourceChange> Changes { get; init; } = [];

    /// <summary>Still being computed.</summary>
    public bool IsPending => Status is "CREATE_PENDING" or "CREATE_IN_PROGRESS";

    /// <summary>Can be executed now.</summary>
    public bool IsReady => Status == "CREATE_COMPLETE" && ExecutionStatus == "AVAILABLE";

    /// <summary>Failed because nothing would change: a success, to be deleted.</summary>
    public bool IsWithoutChanges => Status == "FAILED" && AwsMessages.SaysNoChanges(StatusReason ?? "");

    public static ChangeSet Read(XElement element) => new()
    {
        ChangeSetId = element.Always(nameof(ChangeSetId)),
        ChangeSetName = element.Always(nameof(ChangeSetName)),
        StackId = element.Always(nameof(StackId)),
        StackName = element.Always(nameof(StackName)),
        Status = element.Always(nameof(Status)),
        StatusReason = element.Text(nameof(StatusReason)),
        ExecutionStatus = element.Always(nameof(ExecutionStatus)),
        CreationTime = element.Time(nameof(CreationTime)),
        Description = element.Text(nameof(Description)),
        StackDriftStatus = element.Text(nameof(StackDriftStatus)),
        Parameters = element.Members(nameof(Parameters), StackParameter.Read),
        Tags = element.Members(nameof(Tags), AwsTag.Read),
        Capabilities = element.Texts(nameof(Capabilities)),
        Changes = [.. element.Members(nameof(Changes), change => change.Child("ResourceChange")).OfType<XElement>().Select(ResourceChange.Read)],
    };
}

/// <summary>A line of ListChangeSets.</summary>
internal sealed record ChangeSetSummary(string ChangeSetId, string ChangeSetName, string Status, string ExecutionStatus, string? StatusReason, DateTimeOffset? CreationTime)
{
    public static ChangeSetSummary Read(XElement element) => new(
        element.Always(nameof(ChangeSetId)),
        element.Always(nameof(ChangeSetName)),
        element.Always(nameof(Status)),
        element.Always(nameof(ExecutionStatus)),
        element.Text(nameof(StatusReason)),
        element.Time(nameof(CreationTime)));
}

/// <summary>What would happen to one resource.</summary>
internal sealed record ResourceChange
{
    /// <summary><c>Add</c>, <c>Modify</c>, <c>Remove</c>, <c>Import</c>, <c>Dynamic</c> (known when it is executed), <c>SyncWithActual</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Of removed and replaced resources: <c>Delete</c>, <c>Retain</c>, <c>Snapshot</c>, <c>ReplaceAndDelete</c>, <c>ReplaceAndRetain</c>, <c>ReplaceAndSnapshot</c>.</summary>
    public string? PolicyAction { get; init; }

    public required string LogicalResourceId { get; init; }

    public string? PhysicalResourceId { get; init; }

    public required string ResourceType { get; init; }

    /// <summary><c>True</c>, <c>False</c>, <c>Conditional</c>; of modified ones.</summary>
    public string? Replacement { get; init; }

    /// <summary><c>Properties</c>, <c>Tags</c>, <c>Metadata</c>, …</summary>
    public ImmutableArray<string> Scope { get; init; } = [];

    public ImmutableArray<ResourceChangeDetail> Details { get; init; } = [];

    public string? ResourceDriftStatus { get; init; }

    /// <summary>JSON of the resource now, where property values were asked for.</summary>
    public string? BeforeContext { get; init; }

    public string? AfterContext { get; init; }

    public static ResourceChange Read(XElement element) => new()
    {
        Action = element.Always(nameof(Action)),
        PolicyAction = element.Text(nameof(PolicyAction)),
        LogicalResourceId = element.Always(nameof(LogicalResourceId)),
        PhysicalResourceId = element.Text(nameof(PhysicalResourceId)),
        ResourceType = element.Always(nameof(ResourceType)),
        Replacement = element.Text(nameof(Replacement)),
        Scope = element.Texts(nameof(Scope)),
        Details = element.Members(nameof(Details), ResourceChangeDetail.Read),
        ResourceDriftStatus = element.Text(nameof(ResourceDriftStatus)),
        BeforeContext = element.Text(nameof(BeforeContext)),
        AfterContext = element.Text(nameof(AfterContext)),
    };
}

/// <summary>Why a resource changes.</summary>
internal sealed record ResourceChangeDetail
{
    public required ResourceTarget Target { get; init; }

    /// <summary><c>Static</c>: certain. <c>Dynamic</c>: depends on a value that is known later.</summary>
    public string? Evaluation { get; init; }

    /// <summary><c>DirectModification</c>, <c>ParameterReference</c>, <c>ResourceReference</c>, <c>ResourceAttribute</c>, <c>Automatic</c>, <c>NoModification</c>.</summary>
    public string? ChangeSource { get; init; }

    /// <summary>Such as <c>Cluster.Endpoint</c>.</summary>
    public string? CausingEntity { get; init; }

    public static ResourceChangeDetail Read(XElement element) => new()
    {
        Target = ResourceTarget.Read(element.Child(nameof(Target)) ?? element),
        Evaluation = element.Text(nameof(Evaluation)),
        ChangeSource = element.Text(nameof(ChangeSource)),
        CausingEntity = element.Text(nameof(CausingEntity)),
    };
}

/// <param name="Attribute"><c>Properties</c>, <c>Tags</c>, …</param>
/// <param name="Name">Of the property.</param>
/// <param name="RequiresRecreation"><c>Never</c>, <c>Conditionally</c>, <c>Always</c>.</param>
/// <param name="Path">JSON pointer to what changes.</param>
/// <param name="AttributeChangeType"><c>Add</c>, <c>Remove</c>, <c>Modify</c>, <c>SyncWithActual</c>.</param>
internal sealed record ResourceTarget(
    string? Attribute, string? Name, string? RequiresRecreation, string? Path, string? BeforeValue, string? AfterValue, string? AttributeChangeType)
{
    public static ResourceTarget Read(XElement element) => new(
        element.Text(nameof(Attribute)),
        element.Text(nameof(Name)),
        element.Text(nameof(RequiresRecreation)),
        element.Text(nameof(Path)),
        element.Text(nameof(BeforeValue)),
        element.Text(nameof(AfterValue)),
        element.Text(nameof(AttributeChangeType)));
}
