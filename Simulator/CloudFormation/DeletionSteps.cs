using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>The deletion of single resources, in the course of whatever operation.</summary>
internal sealed class DeletionSteps(SimulatedAccount account, StackStore stacks, ResourceActions actions)
{
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly FailureWords _words = new(stacks);

    public void Begin(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var record = Deleted(stack, task);
        var isKept = record.DeletionPolicy switch
        {
            "Retain" => !operation.IsTakenBack || !operation.RetainExceptOnCreate,
            "RetainExceptOnCreate" => !operation.IsTakenBack,
            _ => false,
        };
        var isLeft = task.Target is not null && operation.Phase == OperationPhase.Cleanup ? record.UpdateReplacePolicy != "Delete" : isKept;
        if (isLeft || operation.Skipped.Contains(task.LogicalId))
        {
            task.State = TaskState.Done;
            Say(stack, operation, task, record, "DELETE_SKIPPED", null);
            return;
        }

        (task.State, task.DueAt) = (TaskState.Begun, account.Now + Call);
        Say(stack, operation, task, record, "DELETE_IN_PROGRESS", null);
    }

    /// <summary>The call is over: the service begins, or refuses.</summary>
    public void Start(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var record = Deleted(stack, task);
        if (actions.RefusesDeletion(record.Type, record.PhysicalId ?? "") is { IsPassing: false } refusal)
        {
            Fail(stack, operation, task, _words.Of(stack, refusal));
            return;
        }

        actions.Going(record.Type, record.PhysicalId ?? "");
        task.State = TaskState.Working;
        task.DueAt = account.Now + ResourceTypes.Get(record.Type).Times.Delete;
        task.TriedUntil = task.DueAt + Patience;
    }

    /// <summary>It is gone, or something is in the way of it.</summary>
    public void Finish(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var record = Deleted(stack, task);
        if (account.Faults.Stack(task.LogicalId, operation.IsTakenBack ? StackFault.RollbackFail : StackFault.DeleteFail) is { } fault)
        {
            actions.Stays(record.Type, record.PhysicalId ?? "");
            Fail(stack, operation, task, _words.Of(stack, fault));
        }
        else if (actions.RefusesDeletion(record.Type, record.PhysicalId ?? "") is not { } refusal)
        {
            actions.Delete(record.Type, record.PhysicalId ?? "");
            task.State = TaskState.Done;
            Say(stack, operation, task, record, "DELETE_COMPLETE", null);
        }
        else if (refusal.IsPassing && account.Now < task.TriedUntil)
        {
            task.DueAt = account.Now + Pause;
        }
        else
        {
            actions.Stays(record.Type, record.PhysicalId ?? "");
            Fail(stack, operation, task, _words.Of(stack, refusal));
        }
    }

    // The others go on: only what is below this one waits for ever.
    private void Fail(StackRecord stack, OperationRecord operation, TaskRecord task, string reason)
    {
        (task.State, task.Reason) = (TaskState.Failed, reason);
        Say(stack, operation, task, Deleted(stack, task), "DELETE_FAILED", reason);
        if (operation.IsForced)
        {
            task.State = TaskState.Done;
        }
    }

    private void Say(StackRecord stack, OperationRecord operation, TaskRecord task, ResourceRecord record, string status, string? reason)
    {
        if (task.Target is not null)
        {
            stacks.Tell(stack, record with { Status = status, StatusReason = reason });
            return;
        }

        stacks.Say(stack, record, status, reason);
        if (status is "DELETE_COMPLETE" or "DELETE_SKIPPED" && operation.Phase is OperationPhase.Cleanup or OperationPhase.RollbackCleanup)
        {
            stack.Resources.RemoveAll(other => other.LogicalId == task.LogicalId);
        }
    }

    private static ResourceRecord Deleted(StackRecord stack, TaskRecord task) =>
        task.Target ?? stack.Resource(task.LogicalId) ?? throw new InvalidOperationException($"{task.LogicalId} is not there.");
}
