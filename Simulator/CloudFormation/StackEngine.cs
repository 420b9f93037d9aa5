using Platform.Simulator.Accounts;

namespace Platform.Simulator.CloudFormation;

/// <summary>Lets happen what CloudFormation does in the course of time.</summary>
internal sealed class StackEngine(StackStore stacks, ChangeSetSteps changeSets, TaskSteps tasks, PhaseSteps phases, DriftSteps drifts) : ITimed
{
    public DateTimeOffset? NextDue => All().MinBy(item => item.Due)?.Due;

    public void Advance(DateTimeOffset now)
    {
        while (All().Where(item => item.Due <= now).MinBy(item => item.Due) is { Happen: { } happen })
        {
            happen();
        }
    }

    private IEnumerable<Happening> All()
    {
        foreach (var stack in stacks.Records.Stacks)
        {
            foreach (var changeSet in stack.ChangeSets)
            {
                if (changeSet.DueAt is { } due)
                {
                    yield return new Happening(due, () => changeSets.Advance(stack, changeSet));
                }
            }

            if (stack.Operation is not { } operation)
            {
                continue;
            }

            if (operation.DueAt is { } end)
            {
                yield return new Happening(end, () => EndOrBegin(stack, operation));
            }

            foreach (var task in operation.Tasks)
            {
                if (tasks.DueOf(task, stack.Resource(task.LogicalId)) is { } due)
                {
                    yield return new Happening(due, () => tasks.Advance(stack, operation, task));
                }
            }
        }

        foreach (var detection in stacks.Records.Detections)
        {
            if (!detection.IsDone)
            {
                yield return new Happening(detection.DueAt, () => drifts.Finish(detection));
            }
        }
    }

    // An operation is due at its beginning too, when its tasks still wait.
    private void EndOrBegin(StackRecord stack, OperationRecord operation)
    {
        if (operation.Failure is null && operation.Tasks.Exists(task => task.State == TaskState.Waiting) && operation.Tasks.TrueForAll(task => task.State == TaskState.Waiting))
        {
            operation.DueAt = null;
            tasks.BeginReady(stack, operation);
        }
        else
        {
            phases.End(stack, operation);
        }
    }

    private sealed record Happening(DateTimeOffset Due, Action Happen);
}
