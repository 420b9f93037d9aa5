using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>What is done to single resources in the course of an operation.</summary>
internal sealed class TaskSteps(SimulatedAccount account, StackStore stacks, ResourceActions actions)
{
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Import = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestCreation = TimeSpan.FromHours(72);

    private readonly DeletionSteps _deletions = new(account, stacks, actions);
    private readonly FailureWords _words = new(stacks);

    /// <summary>Begins all tasks that wait for nothing any more; without one under way the phase ends.</summary>
    public void BeginReady(StackRecord stack, OperationRecord operation)
    {
        var tasks = operation.Tasks.ToDictionary(task => task.LogicalId);
        while (operation.Failure is null && operation.Tasks.Find(task => task.State == TaskState.Waiting
            && task.After.TrueForAll(name => !tasks.TryGetValue(name, out var before) || before.State == TaskState.Done)) is { } ready)
        {
            Begin(stack, operation, ready);
        }

        if (!operation.Tasks.Exists(task => task.State is TaskState.Begun or TaskState.Working))
        {
            operation.DueAt ??= account.Now + Call;
        }
    }

    /// <summary>Something of a task is over.</summary>
    public void Advance(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        task.DueAt = null;
        switch (task.Kind, task.State)
        {
            case (TaskKind.Create or TaskKind.Replace, TaskState.Begun):
                Create(stack, operation, task);
                break;
            case (TaskKind.Create or TaskKind.Replace, _):
                FinishCreation(stack, operation, task);
                break;
            case (TaskKind.Import, _):
                Adopt(stack, operation, task);
                break;
            case (TaskKind.Update or TaskKind.Restore, _):
                FinishUpdate(stack, operation, task);
                break;
            case (TaskKind.Delete, TaskState.Begun):
                _deletions.Start(stack, operation, task);
                break;
            default:
                _deletions.Finish(stack, operation, task);
                break;
        }

        BeginReady(stack, operation);
    }

    private void Begin(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        switch (task.Kind)
        {
            case TaskKind.Create:
                // What is left of an attempt that failed is made anew.
                if (stack.Resource(task.LogicalId) is { Exists: true, PhysicalId: { } left } failed)
                {
                    actions.Delete(failed.Type, left);
                }

                var template = TemplateOf(operation, task);
                Begun(task, Call);
                stacks.Say(stack, Record(operation, template) with { Status = "" }, "CREATE_IN_PROGRESS", null);
                break;
            case TaskKind.Import:
                Begun(task, Import);
                stacks.Say(stack, Record(operation, TemplateOf(operation, task)) with { PhysicalId = task.Target?.PhysicalId }, "IMPORT_IN_PROGRESS", "Resource import started.");
                break;
            case TaskKind.Update:
                BeginUpdate(stack, operation, task);
                break;
            case TaskKind.Restore:
                var before = task.Target ?? throw new InvalidOperationException($"{task.LogicalId} has no state to go back to.");
                Begun(task, ResourceTypes.Get(before.Type).Times.Update);
                stacks.Say(stack, before, "UPDATE_IN_PROGRESS", null);
                break;
            default:
                _deletions.Begin(stack, operation, task);
                break;
        }
    }

    private void BeginUpdate(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var template = TemplateOf(operation, task);
        var record = stack.Resource(task.LogicalId) ?? throw new InvalidOperationException($"{task.LogicalId} is not there.");
        if (Evaluated(stack, operation, template) is not { } after)
        {
            Fail(stack, operation, task, "UPDATE_FAILED", task.Reason);
            return;
        }

        var type = ResourceTypes.Get(template.Type);
        var wanted = Record(operation, template) with { PhysicalId = record.PhysicalId, DriftStatus = record.DriftStatus, DriftCheckedAt = record.DriftCheckedAt };
        var isTagged = type.IsTagged && !record.StackTags.SequenceEqual(wanted.StackTags);
        if (JsonText.Same(record.Properties, after) && !isTagged && !IsDrifted(stack, record))
        {
            task.State = TaskState.Done;
            stack.Resources[stack.Resources.IndexOf(record)] = wanted with { Properties = after, Status = record.Status, StatusReason = record.StatusReason, UpdatedAt = record.UpdatedAt };
            return;
        }

        var isReplaced = type.CreateOnly.Any(property => !JsonText.Same(record.Properties.At(property), after.At(property)));
        if (StackPolicies.Denial(stack.Policy, isReplaced ? "Update:Replace" : "Update:Modify", task.LogicalId, template.Type) is { } denial)
        {
            Fail(stack, operation, task, "UPDATE_FAILED", denial);
            return;
        }

        if (!isReplaced && account.Resources.Find(record.Type, record.PhysicalId ?? "") is null)
        {
            var missing = new Refusal($"Resource of type '{record.Type}' with identifier '{record.PhysicalId}' was not found.", "NotFound", IsPassing: false);
            Fail(stack, operation, task, "UPDATE_FAILED", _words.Of(stack, missing));
            return;
        }

        if (isReplaced)
        {
            task.Kind = TaskKind.Replace;
            Begun(task, Call);
            stacks.Say(stack, record with { Properties = after }, "UPDATE_IN_PROGRESS", "Requested update requires the creation of a new physical resource; hence creating one.");
            return;
        }

        task.State = TaskState.Working;
        task.DueAt = account.Now + type.Times.Update;
        stacks.Say(stack, wanted with { Properties = after }, "UPDATE_IN_PROGRESS", null);
        actions.Change(record.Type, record.PhysicalId ?? "", StackStore.Origin(stack, record.LogicalId), after, wanted.StackTags);
    }

    // Only REVERT_DRIFT touches a resource that the template leaves as it is.
    private bool IsDrifted(StackRecord stack, ResourceRecord record) =>
        stack.ChangeSets.Find(changeSet => changeSet.Id == stack.ChangeSetId) is { DeploymentMode: "REVERT_DRIFT" }
        && !JsonText.Same(account.Resources.Find(record.Type, record.PhysicalId ?? "")?.Properties, record.Properties);

    /// <summary>When it is over: what would take for ever may be mended meanwhile.</summary>
    public DateTimeOffset? DueOf(TaskRecord task, ResourceRecord? record) =>
        task is { Reason: "timeout", State: TaskState.Working } && account.Resources.Find(record?.Type ?? "", record?.PhysicalId ?? "") is { } resource
        && actions.CreationTime(resource) is { } time ? account.Now + time : task.DueAt;

    private void Create(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var template = TemplateOf(operation, task);
        var verb = task.Kind == TaskKind.Create ? "CREATE" : "UPDATE";
        if (Evaluated(stack, operation, template) is not { } properties)
        {
            Fail(stack, operation, task, $"{verb}_FAILED", task.Reason);
            return;
        }

        var wanted = Record(operation, template) with { Properties = properties };
        var (resource, refusal) = actions.Begin(template.Type, StackStore.Origin(stack, task.LogicalId), properties, wanted.StackTags);
        if (resource is null)
        {
            var isCustomName = task.Kind == TaskKind.Replace && refusal?.Code == "AlreadyExists";
            Fail(stack, operation, task, $"{verb}_FAILED", isCustomName
                ? $"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {NameOf(stack, task)} and update the stack again."
                : _words.Of(stack, refusal ?? Refusal.Final("")));
            return;
        }

        if (task.Kind == TaskKind.Replace && stack.Resource(task.LogicalId) is { } old)
        {
            operation.Replaced.Add(new ReplacedRecord(task.LogicalId, operation.Before?.Resources.Find(record => record.LogicalId == task.LogicalId) ?? old, resource.Id));
        }

        task.State = TaskState.Working;
        var time = actions.CreationTime(resource);
        task.Reason = time is null ? "timeout" : null;
        task.DueAt = account.Now + (time ?? LongestCreation);
        stacks.Say(stack, wanted with { PhysicalId = resource.Id }, $"{verb}_IN_PROGRESS", "Resource creation Initiated");
    }

    private void FinishCreation(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var verb = task.Kind == TaskKind.Create ? "CREATE" : "UPDATE";
        var record = stack.Resource(task.LogicalId) ?? throw new InvalidOperationException($"{task.LogicalId} is not there.");
        if (task.Reason == "timeout" && DueOf(task, record) is null)
        {
            Fail(stack, operation, task, $"{verb}_FAILED", _words.Of(stack, new Refusal("Exceeded attempts to wait", "NotStabilized", IsPassing: false)));
        }
        else if (account.Faults.Stack(task.LogicalId, StackFault.Fail) is { } fault)
        {
            Fail(stack, operation, task, $"{verb}_FAILED", _words.Of(stack, fault));
        }
        else
        {
            actions.Ready(record.Type, record.PhysicalId ?? "");
            Done(stack, task, record, $"{verb}_COMPLETE");
        }
    }

    private void Adopt(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var template = TemplateOf(operation, task);
        if (Evaluated(stack, operation, template) is not { } properties || account.Resources.Find(template.Type, task.Target?.PhysicalId ?? "") is not { } resource)
        {
            Fail(stack, operation, task, "IMPORT_FAILED", task.Reason ?? $"Resource {task.Target?.PhysicalId} does not exist");
            return;
        }

        var wanted = Record(operation, template) with { Properties = properties, PhysicalId = resource.Id };
        actions.Adopt(resource, StackStore.Origin(stack, task.LogicalId), wanted.StackTags);
        actions.Change(resource.Type, resource.Id, StackStore.Origin(stack, task.LogicalId), properties, wanted.StackTags);
        actions.Changed(resource.Type, resource.Id);
        Done(stack, task, wanted, "IMPORT_COMPLETE");
    }

    private void FinishUpdate(StackRecord stack, OperationRecord operation, TaskRecord task)
    {
        var record = (task.Kind == TaskKind.Restore ? task.Target : stack.Resource(task.LogicalId)) ?? throw new InvalidOperationException($"{task.LogicalId} is not there.");
        var fault = account.Faults.Stack(task.LogicalId, task.Kind == TaskKind.Restore ? StackFault.RollbackFail : StackFault.Fail);
        if (fault is not null)
        {
            actions.Changed(record.Type, record.PhysicalId ?? "");
            Fail(stack, operation, task, "UPDATE_FAILED", _words.Of(stack, fault));
            return;
        }

        if (task.Kind == TaskKind.Restore)
        {
            actions.Change(record.Type, record.PhysicalId ?? "", StackStore.Origin(stack, record.LogicalId), record.Properties, record.StackTags);
        }

        actions.Changed(record.Type, record.PhysicalId ?? "");
        Done(stack, task, record, "UPDATE_COMPLETE");
    }

    private void Done(StackRecord stack, TaskRecord task, ResourceRecord record, string status)
    {
        task.State = TaskState.Done;
        stacks.Say(stack, record, status, null);
    }

    // Whatever else is under way ends with it.
    private void Fail(StackRecord stack, OperationRecord operation, TaskRecord task, string status, string? reason)
    {
        (task.State, task.Reason) = (TaskState.Failed, reason);
        stacks.Say(stack, stack.Resource(task.LogicalId) ?? Record(operation, TemplateOf(operation, task)), status, reason);
        if (operation.Phase == OperationPhase.UpdateRollback)
        {
            return;
        }

        operation.Failure = "";
        foreach (var other in operation.Tasks.Where(other => !other.IsOver))
        {
            if (other.State != TaskState.Waiting && stack.Resource(other.LogicalId) is { } record)
            {
                var isCreated = other.Kind is TaskKind.Create;
                stacks.Say(stack, record, isCreated ? "CREATE_FAILED" : "UPDATE_FAILED", isCreated ? "Resource creation cancelled" : "Resource update cancelled");
            }

            (other.WasBegun, other.State, other.DueAt) = (other.State != TaskState.Waiting, TaskState.Cancelled, null);
        }
    }

    private void Begun(TaskRecord task, TimeSpan time) => (task.State, task.DueAt) = (TaskState.Begun, account.Now + time);

    private TemplateResource TemplateOf(OperationRecord operation, TaskRecord task) =>
        stacks.Template(operation.Content?.TemplateBody ?? "").Resource(task.LogicalId) ?? throw new InvalidOperationException($"{task.LogicalId} is in no template.");

    private ResourceRecord Record(OperationRecord operation, TemplateResource resource) => new()
    {
        LogicalId = resource.LogicalId,
        Type = resource.Type,
        Status = "",
        StackTags = operation.Content?.Tags ?? [],
        DeletionPolicy = resource.DeletionPolicy,
        UpdateReplacePolicy = resource.UpdateReplacePolicy,
        DependsOn = [.. TemplateCheck.DependenciesOf(stacks.Template(operation.Content?.TemplateBody ?? ""), resource)],
    };

    // Null where it has no value; the task's reason says why.
    private JsonObject? Evaluated(StackRecord stack, OperationRecord operation, TemplateResource resource)
    {
        try
        {
            return stacks.Evaluation(stack, operation.Content ?? throw new InvalidOperationException("No content."), name => stacks.Known(stack.Resource(name))).Properties(resource.Properties);
        }
        catch (EvaluationException wrong)
        {
            operation.Tasks.First(task => task.LogicalId == resource.LogicalId).Reason = wrong.Message;
            return null;
        }
    }

    private static string NameOf(StackRecord stack, TaskRecord task) => stack.Resource(task.LogicalId)?.PhysicalId ?? task.LogicalId;
}
