using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>Compares what templates say with what is there.</summary>
internal sealed class DriftSteps(SimulatedAccount account, StackStore stacks)
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(500);

    public DriftDetectionRecord Begin(StackRecord stack)
    {
        var detection = new DriftDetectionRecord
        {
            Id = stacks.NewId("drift"),
            StackId = stack.Id,
            BeganAt = account.Now,
            DueAt = account.Now + Start + (Each * stack.Resources.Count),
        };
        stacks.Records.Detections.Add(detection);
        return detection;
    }

    public void Finish(DriftDetectionRecord detection)
    {
        detection.IsDone = true;
        if (stacks.Find(detection.StackId) is not { } stack)
        {
            return;
        }

        detection.Resources = [.. stack.Resources.Where(record => record.Exists).Select(Drift)];
        detection.StackDriftStatus = detection.Resources.Exists(drift => drift.Status is "MODIFIED" or "DELETED") ? "DRIFTED" : "IN_SYNC";
        (stack.DriftStatus, stack.DriftCheckedAt) = (detection.StackDriftStatus, account.Now);
        foreach (var drift in detection.Resources)
        {
            var index = stack.Resources.FindIndex(record => record.LogicalId == drift.LogicalId);
            stack.Resources[index] = stack.Resources[index] with { DriftStatus = drift.Status, DriftCheckedAt = account.Now };
        }
    }

    private ResourceDriftRecord Drift(ResourceRecord record)
    {
        var drift = new ResourceDriftRecord
        {
            LogicalId = record.LogicalId,
            PhysicalId = record.PhysicalId,
            Type = record.Type,
            Status = "DELETED",
            Expected = record.Properties.Write(),
            Time = account.Now,
        };
        if (account.Resources.Find(record.Type, record.PhysicalId ?? "") is not { } resource)
        {
            return drift;
        }

        var actual = account.Faults.IsDrifted(record.LogicalId) ? Changed(record.Properties) : resource.Properties;
        var differences = PropertyPaths.Differences("", record.Properties, actual).Select(difference => new PropertyDifferenceRecord(
            difference.Path,
            PropertyPaths.Shown(difference.Before) ?? "null",
            PropertyPaths.Shown(difference.After) ?? "null",
            difference.Before is null ? "ADD" : difference.After is null ? "REMOVE" : "NOT_EQUAL")).ToList();
        return drift with { Status = differences.Count == 0 ? "IN_SYNC" : "MODIFIED", Actual = actual.Write(), Differences = differences };
    }

    // Somebody set the first property that is a text, number or switch, or else added one.
    private static JsonObject Changed(JsonObject properties)
    {
        var changed = (JsonObject)properties.DeepClone();
        var name = changed.FirstOrDefault(property => property.Value is JsonValue).Key ?? "Changed";
        changed[name] = changed[name].AsScalar() is "true" or "false" ? (!changed[name].IsTrue()) : "changed by hand";
        return changed;
    }
}
