namespace Platform.Simulator.CloudFormation;

internal sealed class ChangeSetRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>IMPORT</c>.</summary>
    public required string Type { get; init; }

    public string? Token { get; init; }

    public string? Description { get; init; }

    public string Status { get; set; } = "CREATE_PENDING";

    public string? StatusReason { get; set; }

    public string ExecutionStatus { get; set; } = "UNAVAILABLE";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its status changes next.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public required StackContent Content { get; init; }

    public string? RoleArn { get; init; }

    public string? OnStackFailure { get; init; }

    public bool ImportExistingResources { get; init; }

    /// <summary><c>REVERT_DRIFT</c>, or null.</summary>
    public string? DeploymentMode { get; init; }

    /// <summary>What to take over, by logical id: the names of resources.</summary>
    public SortedDictionary<string, string> ResourcesToImport { get; init; } = [];

    public string OperationId { get; init; } = "";

    public List<ChangeRecord> Changes { get; set; } = [];

    /// <summary>Names of the exports that the template reads.</summary>
    public List<string> Imports { get; set; } = [];

    public List<ValidationRecord> Validations { get; set; } = [];
}

/// <summary>What would happen to one resource.</summary>
internal sealed record ChangeRecord
{
    /// <summary><c>Add</c>, <c>Modify</c>, <c>Remove</c>, <c>Import</c>, <c>Dynamic</c>.</summary>
    public required string Action { get; init; }

    public string? PolicyAction { get; init; }

    public required string LogicalId { get; init; }

    public string? PhysicalId { get; init; }

    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c>, <c>Conditional</c>; of modified ones.</summary>
    public string? Replacement { get; init; }

    public List<string> Scope { get; init; } = [];

    public List<ChangeDetailRecord> Details { get; init; } = [];

    /// <summary>JSON.</summary>
    public string? Before { get; init; }

    /// <summary>JSON.</summary>
    public string? After { get; init; }

    public string? DriftStatus { get; init; }
}

internal sealed record ChangeDetailRecord
{
    /// <summary><c>Properties</c>, <c>Tags</c>, <c>DeletionPolicy</c>, ….</summary>
    public required string Attribute { get; init; }

    /// <summary>Of the property.</summary>
    public string? Name { get; init; }

    /// <summary>JSON pointer.</summary>
    public string? Path { get; init; }

    /// <summary><c>Never</c>, <c>Conditionally</c>, <c>Always</c>.</summary>
    public string RequiresRecreation { get; init; } = "Never";

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary><c>Add</c>, <c>Remove</c>, <c>Modify</c>.</summary>
    public string ChangeType { get; init; } = "Modify";

    /// <summary><c>Static</c>, <c>Dynamic</c>.</summary>
    public string Evaluation { get; init; } = "Static";

    public string ChangeSource { get; init; } = "DirectModification";

    public string? CausingEntity { get; init; }
}

/// <summary>What the check before a deployment found.</summary>
internal sealed record ValidationRecord(string EventId, string LogicalId, string? PhysicalId, string Type, string Name, string Reason, string Path, DateTimeOffset Time);

internal sealed class DriftDetectionRecord
{
    public required string Id { get; init; }

    public required string StackId { get; init; }

    public DateTimeOffset BeganAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public bool IsDone { get; set; }

    public string StackDriftStatus { get; set; } = "NOT_CHECKED";

    public List<ResourceDriftRecord> Resources { get; set; } = [];
}

internal sealed record ResourceDriftRecord
{
    public required string LogicalId { get; init; }

    public string? PhysicalId { get; init; }

    public required string Type { get; init; }

    /// <summary><c>IN_SYNC</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>NOT_CHECKED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>JSON.</summary>
    public string? Expected { get; init; }

    /// <summary>JSON.</summary>
    public string? Actual { get; init; }

    public List<PropertyDifferenceRecord> Differences { get; init; } = [];

    public DateTimeOffset Time { get; init; }
}

internal sealed record PropertyDifferenceRecord(string Path, string Expected, string Actual, string Type);
