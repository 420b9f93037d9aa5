using System.Text.Json.Nodes;

namespace Platform.Simulator.CloudFormation;

/// <summary>All that CloudFormation keeps of an account.</summary>
internal sealed class StackRecords
{
    /// <summary>The deleted ones too.</summary>
    public List<StackRecord> Stacks { get; set; } = [];

    public List<DriftDetectionRecord> Detections { get; set; } = [];

    /// <summary>Of events.</summary>
    public int Sequence { get; set; }
}

/// <summary>A stack, with all that happened to it.</summary>
internal sealed class StackRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Status { get; set; }

    public string? StatusReason { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public string? RoleArn { get; set; }

    public string? ChangeSetId { get; set; }

    public bool IsProtected { get; set; }

    public bool DisableRollback { get; set; }

    public string? Policy { get; set; }

    public string DriftStatus { get; set; } = "NOT_CHECKED";

    public DateTimeOffset? DriftCheckedAt { get; set; }

    /// <summary>What it is now made of; null while it is only under review.</summary>
    public StackContent? Content { get; set; }

    public List<ResourceRecord> Resources { get; set; } = [];

    public List<OutputRecord> Outputs { get; set; } = [];

    /// <summary>Names of the exports that its resources were made with.</summary>
    public List<string> Imports { get; set; } = [];

    /// <summary>Oldest first.</summary>
    public List<EventRecord> Events { get; set; } = [];

    public List<ChangeSetRecord> ChangeSets { get; set; } = [];

    /// <summary>Newest last.</summary>
    public List<OperationEntryRecord> Operations { get; set; } = [];

    /// <summary>Being done now, or stopped halfway.</summary>
    public OperationRecord? Operation { get; set; }

    public bool IsDeleted => Status == "DELETE_COMPLETE";

    public bool IsBusy => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && Status != "REVIEW_IN_PROGRESS";

    public ResourceRecord? Resource(string logicalId) => Resources.Find(resource => resource.LogicalId == logicalId);
}

/// <summary>What a stack is made from.</summary>
internal sealed record StackContent
{
    public required string TemplateBody { get; init; }

    public List<ParameterRecord> Parameters { get; init; } = [];

    public SortedDictionary<string, string> Tags { get; init; } = [];

    public List<string> Capabilities { get; init; } = [];
}

internal sealed record ParameterRecord
{
    public required string Key { get; init; }

    public required string Value { get; init; }

    /// <summary>Of a parameter that stands for one of Systems Manager.</summary>
    public string? ResolvedValue { get; init; }

    public bool NoEcho { get; init; }
}

internal sealed record OutputRecord(string Key, string Value, string? Description, string? ExportName);

/// <summary>A resource of a stack.</summary>
internal sealed record ResourceRecord
{
    public required string LogicalId { get; init; }

    public required string Type { get; init; }

    public string? PhysicalId { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>As the template wants them, resolved.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>Of the stack, with which the resource was made.</summary>
    public SortedDictionary<string, string> StackTags { get; init; } = [];

    public string DeletionPolicy { get; init; } = "Delete";

    public string UpdateReplacePolicy { get; init; } = "Delete";

    /// <summary>Logical ids.</summary>
    public List<string> DependsOn { get; init; } = [];

    public string? DriftStatus { get; init; }

    public DateTimeOffset? DriftCheckedAt { get; init; }

    /// <summary>Whether it is there: made, and not deleted.</summary>
    public bool Exists => PhysicalId is not null && Status is not ("DELETE_COMPLETE" or "DELETE_SKIPPED");
}

internal sealed record EventRecord
{
    public required string Id { get; init; }

    public required string LogicalId { get; init; }

    public string? PhysicalId { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? Token { get; init; }

    public string? OperationId { get; init; }

    /// <summary>JSON.</summary>
    public string? Properties { get; init; }

    public string? DetailedStatus { get; init; }
}

internal sealed record OperationEntryRecord(string Type, string Id, string? Token, DateTimeOffset Began)
{
    public DateTimeOffset? Ended { get; init; }

    /// <summary><c>IN_PROGRESS</c>, <c>SUCCEEDED</c>, <c>FAILED</c>.</summary>
    public string Status { get; init; } = "IN_PROGRESS";
}
