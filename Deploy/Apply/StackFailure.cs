using System.Collections.Immutable;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Apply;

/// <summary>Why an operation on a stack failed: its cause apart from what only followed from it.</summary>
/// <param name="Root">The resource that failed first; null where the stack itself was refused.</param>
/// <param name="Others">Resources that failed by themselves too, later.</param>
/// <param name="Cancelled">How many were given up because of these.</param>
/// <param name="Reason">CloudFormation's, of the root or of the stack.</param>
internal sealed record StackFailure(StackEvent? Root, ImmutableArray<StackEvent> Others, int Cancelled, string Reason)
{
    /// <param name="events">Of one operation, oldest first.</param>
    /// <param name="state">The stack at its end.</param>
    public static StackFailure Of(IReadOnlyCollection<StackEvent> events, StackState? state)
    {
        var failures = events.Where(one => one.IsFailure).ToList();
        var own = failures.Where(one => !one.IsOfStack && !one.IsCancelled).ToList();

        // What fails while everything is undone is no cause of the undoing.
        var undoing = events.FirstOrDefault(one => one.IsOfStack && one.ResourceStatus is "ROLLBACK_IN_PROGRESS" or "UPDATE_ROLLBACK_IN_PROGRESS");
        var causes = undoing?.Timestamp is { } since ? own.Where(one => one.Timestamp is not { } time || time <= since).ToList() : own;
        var root = causes.FirstOrDefault() ?? own.FirstOrDefault();
        return new StackFailure(
            root,
            [.. own.Where(one => one != root).DistinctBy(one => one.LogicalResourceId)],
            failures.Count(one => one.IsCancelled),
            root?.ResourceStatusReason
                ?? failures.Find(one => one.IsOfStack)?.ResourceStatusReason
                ?? undoing?.ResourceStatusReason
                ?? state?.StackStatusReason
                ?? "CloudFormation gives no reason.");
    }
}
