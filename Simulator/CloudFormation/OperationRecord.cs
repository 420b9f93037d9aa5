namespace Platform.Simulator.CloudFormation;

/// <summary>Something that is being done to a stack: phase after phase, each a set of tasks.</summary>
internal sealed class OperationRecord
{
    public required string Id { get; init; }

    public string? Token { get; set; }

    public required OperationPhase Phase { get; set; }

    /// <summary>What the stack is to become.</summary>
    public StackContent? Content { get; init; }

    /// <summary>What it was before; null for one that was made new.</summary>
    public StackBefore? Before { get; init; }

    /// <summary><c>ROLLBACK</c>, <c>DELETE</c>, <c>DO_NOTHING</c>.</summary>
    public string OnFailure { get; init; } = "ROLLBACK";

    public bool RetainExceptOnCreate { get; set; }

    public bool IsImport { get; init; }

    /// <summary>FORCE_DELETE_STACK: what cannot be deleted is left.</summary>
    public bool IsForced { get; set; }

    /// <summary>Logical ids that are left as they are.</summary>
    public List<string> Skipped { get; set; } = [];

    public List<TaskRecord> Tasks { get; set; } = [];

    /// <summary>When the phase ends, or the next begins; null while tasks run.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Set when the phase cannot end well.</summary>
    public string? Failure { get; set; }

    /// <summary>Whether the deletions of this phase take back what the operation made.</summary>
    public bool IsTakenBack => Phase is OperationPhase.Rollback or OperationPhase.RollbackCleanup || (Phase == OperationPhase.Delete && Content is not null && Before is null);

    /// <summary>What a replacement took the place of.</summary>
    public List<ReplacedRecord> Replaced { get; set; } = [];
}

internal enum OperationPhase
{
    /// <summary>Whether the stack may be deleted is asked for first.</summary>
    DeleteCheck,
    Create,
    Rollback,
    Update,
    Cleanup,
    UpdateRollback,
    RollbackCleanup,
    Delete,
}

/// <summary>A stack as it was before an update.</summary>
internal sealed record StackBefore
{
    public required StackContent Content { get; init; }

    public required string Status { get; init; }

    public List<ResourceRecord> Resources { get; init; } = [];

    public List<OutputRecord> Outputs { get; init; } = [];

    public List<string> Imports { get; init; } = [];
}

/// <param name="LogicalId">Of the resource.</param>
/// <param name="Old">That has been replaced.</param>
internal sealed record ReplacedRecord(string LogicalId, ResourceRecord Old, string? NewPhysicalId);

internal enum TaskKind
{
    Create,
    Import,
    Update,
    Replace,
    Delete,

    /// <summary>Back to what it was before the update.</summary>
    Restore,
}

internal enum TaskState
{
    Waiting,

    /// <summary>The call is under way.</summary>
    Begun,

    /// <summary>The service is at work.</summary>
    Working,
    Done,
    Failed,
    Cancelled,
}

/// <summary>What has to be done to one resource.</summary>
internal sealed class TaskRecord
{
    public required string LogicalId { get; init; }

    public required TaskKind Kind { get; set; }

    public TaskState State { get; set; }

    /// <summary>Logical ids of tasks that have to be done before.</summary>
    public List<string> After { get; init; } = [];

    /// <summary>When its state changes next.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Until when a deletion is tried again.</summary>
    public DateTimeOffset? TriedUntil { get; set; }

    /// <summary>What is deleted, where it is not what the stack has under this logical id.</summary>
    public ResourceRecord? Target { get; init; }

    public string? Reason { get; set; }

    /// <summary>Whether it was under way when it was cancelled.</summary>
    public bool WasBegun { get; set; }

    public bool IsOver => State is TaskState.Done or TaskState.Failed or TaskState.Cancelled;
}
