using Platform.Simulator.Accounts;

namespace Platform.Simulator.CloudFormation;

/// <summary>What comes after all tasks of a phase are over.</summary>
internal sealed class PhaseSteps(SimulatedAccount account, StackStore stacks, TaskSteps tasks)
{
    public void End(StackRecord stack, OperationRecord operation)
    {
        operation.DueAt = null;
        switch (operation.Phase)
        {
            case OperationPhase.Create:
                EndCreation(stack, operation);
                break;
            case OperationPhase.Update:
                EndUpdate(stack, operation);
                break;
            case OperationPhase.Cleanup:
                var left = Failed(operation);
                Finish(stack, operation, "UPDATE_COMPLETE", left.Count > 0 ? "One or more resources could not be deleted." : null, isGood: true);
                break;
            case OperationPhase.UpdateRollback:
                EndRollback(stack, operation);
                break;
            case OperationPhase.RollbackCleanup:
                Finish(stack, operation, "UPDATE_ROLLBACK_COMPLETE", null, isGood: false);
                break;
            case OperationPhase.DeleteCheck:
                CheckDeletion(stack, operation);
                break;
            default:
                EndDeletion(stack, operation);
                break;
        }
    }

    /// <summary>All resources of a stack that are there, in an order in which nothing is deleted that another one needs.</summary>
    public void BeginDeletion(StackRecord stack, OperationRecord operation, OperationPhase phase, string status, string? reason)
    {
        operation.Phase = phase;
        operation.Failure = null;
        operation.Tasks = Deletions([.. stack.Resources.Where(record => record.Exists).Select(record => (record, (ResourceRecord?)null))]);
        stacks.Say(stack, status, reason);
        tasks.BeginReady(stack, operation);
    }

    public void BeginUpdateRollback(StackRecord stack, OperationRecord operation, string? reason)
    {
        operation.Phase = OperationPhase.UpdateRollback;
        operation.Failure = null;
        var before = operation.Before ?? throw new InvalidOperationException($"{stack.Name} has no state to go back to.");
        stack.Content = before.Content;
        operation.Tasks =
        [
            .. from record in before.Resources
               where record.Exists && IsTouched(stack.Resource(record.LogicalId), record) && !operation.Skipped.Contains(record.LogicalId)
               select new TaskRecord { LogicalId = record.LogicalId, Kind = TaskKind.Restore, Target = record, After = record.DependsOn },
        ];
        foreach (var skipped in before.Resources.Where(record => operation.Skipped.Contains(record.LogicalId)))
        {
            stacks.Say(stack, skipped, "UPDATE_COMPLETE", null);
        }

        stacks.Say(stack, "UPDATE_ROLLBACK_IN_PROGRESS", reason);
        tasks.BeginReady(stack, operation);
    }

    private static bool IsTouched(ResourceRecord? now, ResourceRecord before) =>
        now is null || now.PhysicalId != before.PhysicalId || now.Status is "UPDATE_FAILED" or "UPDATE_IN_PROGRESS"
        || !Resources.JsonText.Same(now.Properties, before.Properties) || !now.StackTags.SequenceEqual(before.StackTags);

    private void EndCreation(StackRecord stack, OperationRecord operation)
    {
        var failure = operation.Failure is not null ? Summary(operation) : Outputs(stack, operation);
        if (failure is null)
        {
            Finish(stack, operation, operation.IsImport ? "IMPORT_COMPLETE" : "CREATE_COMPLETE", null, isGood: true);
            return;
        }

        Ended(stack, isGood: false);
        // What was only taken over is not deleted.
        operation.Skipped = [.. operation.Tasks.Where(task => task.Kind == TaskKind.Import).Select(task => task.LogicalId)];
        switch (operation.OnFailure)
        {
            case "DO_NOTHING":
                Finish(stack, operation, "CREATE_FAILED", failure, isGood: false);
                break;
            case "DELETE":
                BeginDeletion(stack, operation, OperationPhase.Delete, "DELETE_IN_PROGRESS", $"{failure} Delete requested by user.");
                break;
            default:
                BeginDeletion(stack, operation, OperationPhase.Rollback, "ROLLBACK_IN_PROGRESS", $"{failure} Rollback requested by user.");
                break;
        }
    }

    private void EndUpdate(StackRecord stack, OperationRecord operation)
    {
        var failure = operation.Failure is not null ? Summary(operation) : Outputs(stack, operation);
        if (failure is not null)
        {
            Ended(stack, isGood: false);
            if (operation.OnFailure == "DO_NOTHING")
            {
                Finish(stack, operation, "UPDATE_FAILED", failure, isGood: false);
            }
            else
            {
                BeginUpdateRollback(stack, operation, failure);
            }

            return;
        }

        if (operation.IsImport)
        {
            Finish(stack, operation, "IMPORT_COMPLETE", null, isGood: true);
            return;
        }

        operation.Phase = OperationPhase.Cleanup;
        var evaluation = stacks.Evaluation(stack, operation.Content ?? throw new InvalidOperationException("No content."), _ => null);
        var wanted = stacks.Template(operation.Content.TemplateBody).Resources.Where(resource => evaluation.Holds(resource.Condition)).Select(resource => resource.LogicalId).ToHashSet();
        operation.Tasks = Deletions([
            .. stack.Resources.Where(record => record.Exists && !wanted.Contains(record.LogicalId)).Select(record => (record, (ResourceRecord?)null)),
            .. operation.Replaced.Select(replaced => (replaced.Old, (ResourceRecord?)replaced.Old)),
        ]);
        stacks.Say(stack, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", null);
        tasks.BeginReady(stack, operation);
    }

    private void EndRollback(StackRecord stack, OperationRecord operation)
    {
        if (Failed(operation) is { Count: > 0 } failed)
        {
            stacks.Say(stack, "UPDATE_ROLLBACK_FAILED", $"The following resource(s) failed to update: [{string.Join(", ", failed)}]. ");
            Closed(stack, "FAILED");
            return;
        }

        var before = operation.Before ?? throw new InvalidOperationException($"{stack.Name} has no state to go back to.");
        var old = before.Resources.Where(record => record.Exists).Select(record => record.LogicalId).ToHashSet();
        operation.Phase = OperationPhase.RollbackCleanup;
        operation.Tasks = Deletions([
            .. stack.Resources.Where(record => record.Exists && !old.Contains(record.LogicalId)).Select(record => (record, (ResourceRecord?)null)),
            .. operation.Replaced.Select(replaced => replaced.Old with { PhysicalId = replaced.NewPhysicalId, DeletionPolicy = "Delete" }).Select(made => (made, (ResourceRecord?)made)),
        ]);
        (stack.Outputs, stack.Imports) = (before.Outputs, before.Imports);
        stack.Resources.RemoveAll(record => !record.Exists && !old.Contains(record.LogicalId));
        stacks.Say(stack, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", null);
        tasks.BeginReady(stack, operation);
    }

    private void CheckDeletion(StackRecord stack, OperationRecord operation)
    {
        var used = stack.Outputs.Where(output => output.ExportName is not null)
            .Select(output => (Name: output.ExportName ?? "", By: stacks.ImportersOf(output.ExportName ?? "")))
            .FirstOrDefault(export => export.By.Count > 0);
        if (used.By is null)
        {
            operation.Phase = OperationPhase.Delete;
            operation.Tasks = Deletions([.. stack.Resources.Where(record => record.Exists).Select(record => (record, (ResourceRecord?)null))]);
            tasks.BeginReady(stack, operation);
            return;
        }

        // The stack goes back to what it was: not to DELETE_FAILED.
        Finish(stack, operation, operation.Before?.Status ?? "CREATE_COMPLETE", $"Export {used.Name} cannot be deleted as it is in use by {string.Join(" and ", used.By)}", isGood: false);
    }

    private void EndDeletion(StackRecord stack, OperationRecord operation)
    {
        var isRollback = operation.Phase == OperationPhase.Rollback;
        if (Failed(operation) is { Count: > 0 } failed)
        {
            Finish(stack, operation, isRollback ? "ROLLBACK_FAILED" : "DELETE_FAILED", $"The following resource(s) failed to delete: [{string.Join(", ", failed)}]. ", isGood: false);
            return;
        }

        if (!isRollback)
        {
            stack.DeletedAt = account.Now;
            stack.ChangeSets = [];
        }

        stack.Imports = [];
        Finish(stack, operation, isRollback ? "ROLLBACK_COMPLETE" : "DELETE_COMPLETE", null, isGood: !isRollback);
    }

    // What the stack exports has to be free, and what others import has to stay. Null: done.
    private string? Outputs(StackRecord stack, OperationRecord operation)
    {
        List<OutputRecord> outputs;
        try
        {
            var content = operation.Content ?? throw new InvalidOperationException("No content.");
            var evaluation = stacks.Evaluation(stack, content, name => stacks.Known(stack.Resource(name)));
            outputs =
            [
                .. from output in stacks.Template(content.TemplateBody).Outputs
                   where evaluation.Holds(output.Condition)
                   select new OutputRecord(output.Key, evaluation.Text(output.Value), output.Description, output.ExportName is null ? null : evaluation.Text(output.ExportName)),
            ];
        }
        catch (EvaluationException wrong)
        {
            return wrong.Message;
        }

        foreach (var output in outputs.Where(output => output.ExportName is not null))
        {
            if (stacks.Exports.FirstOrDefault(export => export.Output.ExportName == output.ExportName && export.Stack != stack).Stack is { } other)
            {
                return $"Export with name {output.ExportName} is already exported by stack {other.Name}.";
            }
        }

        foreach (var old in stack.Outputs.Where(output => output.ExportName is not null))
        {
            var now = outputs.Find(output => output.ExportName == old.ExportName);
            if (now?.Value != old.Value && stacks.ImportersOf(old.ExportName ?? "") is { Count: > 0 } importers)
            {
                return $"Export {old.ExportName} cannot be {(now is null ? "deleted" : "updated")} as it is in use by {string.Join(" and ", importers)}.";
            }
        }

        stack.Outputs = outputs;
        stack.Imports = stack.ChangeSets.Find(changeSet => changeSet.Id == stack.ChangeSetId)?.Imports ?? stack.Imports;
        return null;
    }

    private void Finish(StackRecord stack, OperationRecord operation, string status, string? reason, bool isGood)
    {
        Ended(stack, isGood);
        stacks.Say(stack, status, reason);
        Closed(stack, isGood ? "SUCCEEDED" : "FAILED");

        // What was begun and not undone can still be taken back by RollbackStack.
        stack.Operation = status is "CREATE_FAILED" or "UPDATE_FAILED" ? operation : null;
        operation.DueAt = null;
    }

    private void Closed(StackRecord stack, string status)
    {
        if (stack.Operations.Count > 0)
        {
            stack.Operations[^1] = stack.Operations[^1] with { Ended = account.Now, Status = status };
        }
    }

    private static void Ended(StackRecord stack, bool isGood)
    {
        if (stack.ChangeSets.Find(changeSet => changeSet.ExecutionStatus == "EXECUTE_IN_PROGRESS") is { } changeSet)
        {
            changeSet.ExecutionStatus = isGood ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED";
        }
    }

    private static List<TaskRecord> Deletions(List<(ResourceRecord Record, ResourceRecord? Target)> deletions) =>
    [
        .. deletions.Select(deletion => new TaskRecord
        {
            LogicalId = deletion.Record.LogicalId,
            Kind = TaskKind.Delete,
            Target = deletion.Target,
            After = [.. deletions.Where(other => other.Record.DependsOn.Contains(deletion.Record.LogicalId)).Select(other => other.Record.LogicalId)],
        }),
    ];

    private static List<string> Failed(OperationRecord operation) => [.. operation.Tasks.Where(task => task.State == TaskState.Failed).Select(task => task.LogicalId)];

    private static string Summary(OperationRecord operation)
    {
        var failed = operation.Tasks.Where(task => task.State == TaskState.Failed || (task.State == TaskState.Cancelled && task.Reason is null && task.Kind != TaskKind.Delete && task.WasBegun))
            .ToLookup(task => task.Kind is TaskKind.Create ? "create" : task.Kind is TaskKind.Import ? "import" : "update", task => task.LogicalId);
        return string.Join(" ", failed.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"The following resource(s) failed to {kind.Key}: [{string.Join(", ", kind)}]."));
    }
}
