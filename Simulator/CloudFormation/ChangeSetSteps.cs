using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>Makes change sets: first pending, then computed.</summary>
internal sealed class ChangeSetSteps(SimulatedAccount account, StackStore stacks)
{
    private const string NoChanges = "The submitted information didn't contain changes. Submit different information to create a change set.";
    private const string NoUpdates = "No updates are to be performed.";
    private const string ExistenceCheck = "AWS::EarlyValidation::ResourceExistenceCheck";

    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Computing = TimeSpan.FromSeconds(3);

    public void Begin(ChangeSetRecord changeSet) => changeSet.DueAt = account.Now + Waiting;

    public void Advance(StackRecord stack, ChangeSetRecord changeSet)
    {
        if (changeSet.Status == "CREATE_PENDING")
        {
            (changeSet.Status, changeSet.DueAt) = ("CREATE_IN_PROGRESS", account.Now + Computing);
            return;
        }

        changeSet.DueAt = null;
        try
        {
            Compute(stack, changeSet);
        }
        catch (EvaluationException wrong)
        {
            Fail(changeSet, wrong.Message);
        }
        catch (ServiceError wrong)
        {
            Fail(changeSet, wrong.Message);
        }
    }

    private void Compute(StackRecord stack, ChangeSetRecord changeSet)
    {
        var computation = new ChangeComputation(account, stacks, stack, changeSet);
        var changes = computation.Changes();
        var hasOutputs = computation.OutputsChange();
        changeSet.Imports = [.. computation.Imports];
        if (changes.Count == 0 && !hasOutputs)
        {
            Fail(changeSet, stacks.Template(changeSet.Content.TemplateBody).Transforms.Length > 0 ? NoUpdates : NoChanges);
            return;
        }

        if (changeSet.Type == "IMPORT" && changes.Exists(change => change.Action != "Import"))
        {
            Fail(changeSet, $"As part of the import operation, you cannot modify or add [{string.Join(", ", changes.Where(change => change.Action != "Import").Select(change => change.LogicalId))}]");
            return;
        }

        changeSet.Changes = changes;
        changeSet.Validations = [.. changes.Where(change => change.Action == "Add").Select(Conflict).OfType<ValidationRecord>()];
        if (changeSet.Validations.Count > 0)
        {
            Fail(changeSet, $"The following hook(s)/validation failed: [{ExistenceCheck}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.");
            return;
        }

        (changeSet.Status, changeSet.ExecutionStatus) = ("CREATE_COMPLETE", "AVAILABLE");
    }

    private ValidationRecord? Conflict(ChangeRecord change)
    {
        var properties = System.Text.Json.Nodes.JsonNode.Parse(change.After ?? "{}").At("Properties") as System.Text.Json.Nodes.JsonObject ?? [];
        return CustomNames.Existing(account.Resources, change.Type, properties) is { } existing
            ? new ValidationRecord(
                stacks.NewId("event"), change.LogicalId, existing.Id, change.Type, "NAME_CONFLICT_VALIDATION",
                $"Resource of type '{change.Type}' with identifier '{existing.Id}' already exists.", $"/Resources/{change.LogicalId}/Properties/{CustomNames.PropertyOf(change.Type)}", account.Now)
            : null;
    }

    private static void Fail(ChangeSetRecord changeSet, string reason) =>
        (changeSet.Status, changeSet.StatusReason, changeSet.ExecutionStatus) = ("FAILED", reason, "UNAVAILABLE");
}
