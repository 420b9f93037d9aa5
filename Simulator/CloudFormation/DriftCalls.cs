using Platform.Simulator.Protocols;

namespace Platform.Simulator.CloudFormation;

/// <summary>What is asked about drift.</summary>
internal sealed class DriftCalls(StackStore stacks, DriftSteps drifts)
{
    private const int Page = 100;

    public Answer Detect(CallInput input)
    {
        var stack = Existing(input);
        if (stack.Status is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE" or "UPDATE_ROLLBACK_FAILED" or "IMPORT_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE"))
        {
            throw StackErrors.Validation($"Drift detection cannot be performed on stack [{stack.Id}] while it is in {stack.Status} state");
        }

        if (stacks.Records.Detections.Exists(detection => detection.StackId == stack.Id && !detection.IsDone))
        {
            throw StackErrors.Validation($"Drift detection is already in progress for stack [{stack.Id}]");
        }

        return Answer.Of(Elements.Text("StackDriftDetectionId", drifts.Begin(stack).Id));
    }

    public Answer Status(CallInput input)
    {
        var id = input.Required("StackDriftDetectionId");
        var detection = stacks.Records.Detections.Find(detection => detection.Id == id) ?? throw StackErrors.Validation($"Drift detection with id {id} does not exist");
        return Answer.Of(
            Elements.Text("StackId", detection.StackId),
            Elements.Text("StackDriftDetectionId", detection.Id),
            Elements.Text("StackDriftStatus", detection.IsDone ? detection.StackDriftStatus : null),
            Elements.Text("DetectionStatus", detection.IsDone ? "DETECTION_COMPLETE" : "DETECTION_IN_PROGRESS"),
            Elements.Number("DriftedStackResourceCount", detection.IsDone ? detection.Resources.Count(drift => drift.Status is "MODIFIED" or "DELETED") : null),
            Elements.Time("Timestamp", detection.BeganAt));
    }

    public Answer Resources(CallInput input)
    {
        var stack = Existing(input);
        var statuses = input.Texts("StackResourceDriftStatusFilters");
        var last = stacks.Records.Detections.FindLast(detection => detection.StackId == stack.Id && detection.IsDone);
        var (items, next) = AnswerPages.Of(
            (last?.Resources ?? []).Where(drift => statuses.IsEmpty || statuses.Contains(drift.Status)).OrderBy(drift => drift.LogicalId, StringComparer.Ordinal),
            input,
            input.Number("MaxResults") ?? Page);
        return Answer.Of(
            Elements.List("StackResourceDrifts", items, drift =>
            [
                Elements.Text("StackId", stack.Id), Elements.Text("LogicalResourceId", drift.LogicalId), Elements.Text("PhysicalResourceId", drift.PhysicalId),
                Elements.Text("ResourceType", drift.Type), Elements.Text("ExpectedProperties", drift.Expected), Elements.Text("ActualProperties", drift.Actual),
                Elements.List("PropertyDifferences", drift.Differences, difference =>
                [
                    Elements.Text("PropertyPath", difference.Path), Elements.Text("ExpectedValue", difference.Expected), Elements.Text("ActualValue", difference.Actual),
                    Elements.Text("DifferenceType", difference.Type),
                ]),
                Elements.Text("StackResourceDriftStatus", drift.Status), Elements.Time("Timestamp", drift.Time),
            ]),
            next);
    }

    private StackRecord Existing(CallInput input)
    {
        var name = input.Required("StackName");
        return stacks.FindLive(name) ?? throw StackErrors.NoStack(name);
    }
}
