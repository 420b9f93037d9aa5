using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>Holds a resource back until everything it waits for is as it wants it.</summary>
internal static class DependencyWait
{
    /// <summary>Waits for all at the same time; <paramref name="progress"/> gets the names of those still waited for.</summary>
    /// <exception cref="DistributedApplicationException">One of them ended in a way that leaves no hope.</exception>
    public static async Task WaitAsync(
        IResource resource, ResourceNotificationService notifications, Action<IReadOnlyList<string>> progress, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToList();
        if (waits.Count == 0)
        {
            return;
        }

        var open = waits.Select(wait => wait.Resource.Name).Distinct().ToList();
        progress([.. open]);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = waits.ConvertAll(wait => WaitAsync(resource, wait, notifications, first.Token));
        while (tasks.Count > 0)
        {
            var done = await Task.WhenAny(tasks);
            if (!done.IsCompletedSuccessfully)
            {
                await first.CancelAsync();
            }

            var wait = await done;
            _ = tasks.Remove(done);
            if (open.Remove(wait.Resource.Name))
            {
                progress([.. open]);
            }
        }
    }

    private static async Task<WaitAnnotation> WaitAsync(
        IResource resource, WaitAnnotation wait, ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        var open = ResourceInstancesAnnotation.IdsOf(wait.Resource).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (!ReferenceEquals(change.Resource, wait.Resource) || !open.Contains(change.ResourceId))
            {
                continue;
            }

            if (IsFulfilled(wait, change.Snapshot))
            {
                if (await IsReadyAsync(change.Snapshot, cancellationToken))
                {
                    _ = open.Remove(change.ResourceId);
                }
            }
            else if (IsHopeless(wait, change.Snapshot))
            {
                throw new DistributedApplicationException(RunProblems.DependencyEnded(
                    resource.Name, wait.Resource.Name, change.Snapshot, wait.WaitType == WaitType.WaitForCompletion ? wait.ExitCode : null));
            }

            if (open.Count == 0)
            {
                return wait;
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    // Who ended while others were told that he is ready may get ready again.
    private static async Task<bool> IsReadyAsync(CustomResourceSnapshot snapshot, CancellationToken cancellationToken)
    {
        var told = snapshot.ResourceReadyEvent?.EventTask ?? Task.CompletedTask;
        await told.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!told.IsCanceled)
        {
            await told;
        }

        return !told.IsCanceled;
    }

    private static bool IsFulfilled(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => HasEndedByItself(snapshot) && (snapshot.ExitCode ?? 0) == wait.ExitCode,
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running || snapshot.State?.Text == KnownResourceStates.Active
            || (HasEndedByItself(snapshot) && snapshot.StartTimeStamp is not null),
        _ => ResourceNotificationService.IsHealthy(snapshot) || snapshot.State?.Text == KnownResourceStates.Active,
    };

    private static bool IsHopeless(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType == WaitType.WaitForCompletion
        ? snapshot.State?.Text == KnownResourceStates.FailedToStart || HasEndedByItself(snapshot)
        : wait.WaitBehavior == WaitBehavior.StopOnResourceUnavailable && ResourceNotificationService.HasEnded(snapshot);

    private static bool HasEndedByItself(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Finished || (snapshot.State?.Text == KnownResourceStates.Exited && snapshot.ExitCode is not null);
}
