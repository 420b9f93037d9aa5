namespace Platform.Deploy.Aws;

/// <summary>What CloudFormation's statuses mean for who waits.</summary>
internal enum StackCondition
{
    /// <summary>Stable, and as the last operation wanted it.</summary>
    Good,

    /// <summary>Something is being done; the status changes by itself.</summary>
    Moving,

    /// <summary>Stable again as it was before; the last operation failed. Takes updates.</summary>
    RolledBack,

    /// <summary>The creation failed and was undone: can only be deleted.</summary>
    Dead,

    /// <summary>Stuck halfway: its cause has to be mended first.</summary>
    Broken,

    /// <summary>Only a change set that nobody executed.</summary>
    Empty,

    Deleted,
}

internal static class StackStatus
{
    public const string CreateFailed = "CREATE_FAILED";
    public const string DeleteFailed = "DELETE_FAILED";
    public const string RollbackComplete = "ROLLBACK_COMPLETE";
    public const string RollbackFailed = "ROLLBACK_FAILED";
    public const string UpdateFailed = "UPDATE_FAILED";
    public const string UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED";

    private const string Review = "REVIEW_IN_PROGRESS";

    public static StackCondition ConditionOf(string status) => status switch
    {
        "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "IMPORT_COMPLETE" => StackCondition.Good,
        Review => StackCondition.Empty,
        "UPDATE_ROLLBACK_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE" => StackCondition.RolledBack,
        RollbackComplete => StackCondition.Dead,
        "DELETE_COMPLETE" => StackCondition.Deleted,
        // With a cleanup still to come, too: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS.
        _ when status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) => StackCondition.Moving,
        _ => StackCondition.Broken,
    };
}
