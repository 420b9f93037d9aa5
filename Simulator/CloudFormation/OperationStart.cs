using Platform.Simulator.Accounts;

namespace Platform.Simulator.CloudFormation;

/// <summary>Begins operations.</summary>
internal sealed class OperationStart(SimulatedAccount account, StackStore stacks, PhaseSteps phases)
{
    // Between the stack's first event and those of its resources.
    private static readonly TimeSpan Preparation = TimeSpan.FromSeconds(3);

    public void Execute(StackRecord stack, ChangeSetRecord changeSet, ExecuteOptions options)
    {
        // Those of earlier operations are of no use any more.
        stack.ChangeSets.RemoveAll(other => other.ExecutionStatus is "OBSOLETE" or "EXECUTE_COMPLETE" or "EXECUTE_FAILED");
        changeSet.ExecutionStatus = "EXECUTE_IN_PROGRESS";
        foreach (var other in stack.ChangeSets.Where(other => other != changeSet && other.ExecutionStatus == "AVAILABLE"))
        {
            other.ExecutionStatus = "OBSOLETE";
        }

        var isNew = stack.Content is null;
        var operation = new OperationRecord
        {
            Id = stacks.NewId("operation"),
            Token = options.Token,
            Phase = isNew ? OperationPhase.Create : OperationPhase.Update,
            Content = changeSet.Content,
            Before = isNew ? null : Before(stack),
            OnFailure = options.DisableRollback ? "DO_NOTHING" : isNew ? changeSet.OnStackFailure ?? "ROLLBACK" : "ROLLBACK",
            RetainExceptOnCreate = options.RetainExceptOnCreate,
            IsImport = changeSet.Type == "IMPORT",
        };
        Begin(stack, operation, isNew ? "CREATE_STACK" : "UPDATE_STACK");
        stack.ChangeSetId = changeSet.Id;
        stack.Content = changeSet.Content;
        stack.RoleArn = changeSet.RoleArn ?? stack.RoleArn;
        stack.DisableRollback = options.DisableRollback;
        stack.DriftStatus = "NOT_CHECKED";
        stack.UpdatedAt = isNew ? stack.UpdatedAt : account.Now;
        stack.Imports = [.. stack.Imports.Union(changeSet.Imports)];
        operation.Tasks = Tasks(stack, changeSet, operation);
        stacks.Say(stack, operation.IsImport ? "IMPORT_IN_PROGRESS" : isNew ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS", "User Initiated");
        operation.DueAt = account.Now + Preparation;
        DenyRemovals(stack, changeSet, operation);
    }

    public void Delete(StackRecord stack, DeleteOptions options)
    {
        var status = stack.Status;
        if (status == "REVIEW_IN_PROGRESS")
        {
            stack.DeletedAt = account.Now;
            stack.ChangeSets = [];
            stacks.Say(stack, "DELETE_COMPLETE", null);
            return;
        }

        var operation = new OperationRecord
        {
            Id = stacks.NewId("operation"),
            Token = options.Token,
            Phase = OperationPhase.DeleteCheck,
            Before = stack.Content is null ? null : Before(stack),
            Skipped = [.. options.Retained],
            IsForced = options.IsForced,
        };
        Begin(stack, operation, "DELETE_STACK");
        stack.RoleArn = options.RoleArn ?? stack.RoleArn;
        stacks.Say(stack, "DELETE_IN_PROGRESS", "User Initiated");
        operation.DueAt = account.Now + Preparation;
    }

    public void ContinueRollback(StackRecord stack, string? token, IEnumerable<string> skipped)
    {
        var operation = stack.Operation ?? throw new InvalidOperationException($"{stack.Name} has nothing to go on with.");
        operation.Token = token;
        operation.Skipped = [.. skipped];
        stack.Operations.Add(new OperationEntryRecord("CONTINUE_ROLLBACK", operation.Id, token, account.Now));
        phases.BeginUpdateRollback(stack, operation, "User Initiated");
    }

    /// <summary>Of what failed and was left as it was.</summary>
    public void RollBack(StackRecord stack, string? token, bool retainExceptOnCreate)
    {
        var operation = stack.Operation ?? throw new InvalidOperationException($"{stack.Name} has nothing to go back from.");
        operation.Token = token;
        operation.RetainExceptOnCreate |= retainExceptOnCreate;
        stack.Operations.Add(new OperationEntryRecord("ROLLBACK", operation.Id, token, account.Now));
        if (operation.Before is null)
        {
            phases.BeginDeletion(stack, operation, OperationPhase.Rollback, "ROLLBACK_IN_PROGRESS", "User Initiated");
        }
        else
        {
            phases.BeginUpdateRollback(stack, operation, "User Initiated");
        }
    }

    /// <summary>An update that is under way is taken back.</summary>
    public void Cancel(StackRecord stack, string? token)
    {
        var operation = stack.Operation ?? throw new InvalidOperationException($"{stack.Name} has nothing to cancel.");
        operation.Token = token ?? operation.Token;
        foreach (var task in operation.Tasks.Where(task => !task.IsOver))
        {
            if (task.State != TaskState.Waiting && stack.Resource(task.LogicalId) is { } record)
            {
                var isCreated = task.Kind == TaskKind.Create;
                stacks.Say(stack, record, isCreated ? "CREATE_FAILED" : "UPDATE_FAILED", isCreated ? "Resource creation cancelled" : "Resource update cancelled");
            }

            (task.WasBegun, task.State, task.DueAt) = (task.State != TaskState.Waiting, TaskState.Cancelled, null);
        }

        operation.DueAt = null;
        phases.BeginUpdateRollback(stack, operation, "User Initiated");
    }

    private void Begin(StackRecord stack, OperationRecord operation, string type)
    {
        stack.Operation = operation;
        stack.Operations.Add(new OperationEntryRecord(type, operation.Id, operation.Token, account.Now));
    }

    private List<TaskRecord> Tasks(StackRecord stack, ChangeSetRecord changeSet, OperationRecord operation)
    {
        var template = stacks.Template(changeSet.Content.TemplateBody);
        var evaluation = stacks.Evaluation(stack, changeSet.Content, _ => null);
        return
        [
            .. from resource in template.Resources
               where evaluation.Holds(resource.Condition)
               let import = changeSet.Changes.Find(change => change.LogicalId == resource.LogicalId && change.Action == "Import")
               let record = stack.Resource(resource.LogicalId)
               let isThere = record is { Exists: true } && record.Status != "CREATE_FAILED"
               select new TaskRecord
               {
                   LogicalId = resource.LogicalId,
                   Kind = import is not null ? TaskKind.Import : isThere ? TaskKind.Update : TaskKind.Create,
                   Target = import is null ? null : new ResourceRecord { LogicalId = resource.LogicalId, Type = resource.Type, PhysicalId = import.PhysicalId, Status = "" },
                   After = [.. TemplateCheck.DependenciesOf(template, resource)],
               },
        ];
    }

    private void DenyRemovals(StackRecord stack, ChangeSetRecord changeSet, OperationRecord operation)
    {
        foreach (var removal in changeSet.Changes.Where(change => change.Action == "Remove"))
        {
            if (StackPolicies.Denial(stack.Policy, "Update:Delete", removal.LogicalId, removal.Type) is { } denial && stack.Resource(removal.LogicalId) is { } record)
            {
                stacks.Say(stack, record, "UPDATE_FAILED", denial);
                operation.Tasks.ForEach(task => task.State = TaskState.Cancelled);
                operation.Tasks.Add(new TaskRecord { LogicalId = removal.LogicalId, Kind = TaskKind.Update, State = TaskState.Failed, Reason = denial });
                operation.Failure = "";
            }
        }
    }

    private static StackBefore Before(StackRecord stack) => new()
    {
        Content = stack.Content ?? throw new InvalidOperationException($"{stack.Name} was never made."),
        Status = stack.Status,
        Resources = [.. stack.Resources],
        Outputs = stack.Outputs,
        Imports = stack.Imports,
    };
}

/// <param name="Token">Of the client.</param>
internal sealed record ExecuteOptions(string? Token, bool DisableRollback, bool RetainExceptOnCreate);

/// <param name="Retained">Logical ids.</param>
internal sealed record DeleteOptions(string? Token, string? RoleArn, IReadOnlyCollection<string> Retained, bool IsForced);
