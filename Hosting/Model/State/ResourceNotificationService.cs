using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Platform.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource, and tells all who want to know of a change.</summary>
public sealed class ResourceNotificationService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<Channel<ResourceEvent>> _watchers = [];
    private bool _ended;
    private Exception? _reason;

    internal ResourceNotificationService()
    {
    }

    /// <summary>Changes the state of a resource, in all its instances.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the new snapshot from the last one.</param>
    /// <returns>A task that has ended.</returns>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in ResourceInstancesAnnotation.IdsOf(resource))
        {
            _ = PublishUpdateAsync(resource, id, stateFactory);
        }

        return Task.CompletedTask;
    }

    /// <summary>Changes the state of one instance of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">The instance.</param>
    /// <param name="stateFactory">Makes the new snapshot from the last one.</param>
    /// <returns>A task that has ended.</returns>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(stateFactory);
        lock (_gate)
        {
            var last = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : InitialSnapshot(resource);
            var next = stateFactory(last);
            if (known is not null && ReferenceEquals(last, next))
            {
                return Task.CompletedTask;
            }

            var change = new ResourceEvent(resource, resourceId, WithCommandStates(resource, next));
            _current[resourceId] = change;
            foreach (var watcher in _watchers)
            {
                _ = watcher.Writer.TryWrite(change);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Follows all resources: first what is known of each, then every change.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The changes.</returns>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var known in _current.Values)
            {
                _ = channel.Writer.TryWrite(known);
            }

            _watchers = _watchers.Add(channel);
            if (_ended)
            {
                _ = channel.Writer.TryComplete(_reason);
            }
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers = _watchers.Remove(channel);
            }
        }
    }

    /// <summary>What is known of a resource.</summary>
    /// <param name="resourceId">The instance, or the name of a resource with one instance.</param>
    /// <param name="resourceEvent">What is known; null where nothing is.</param>
    /// <returns>Whether anything is known.</returns>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate)
        {
            if (!_current.TryGetValue(resourceId, out resourceEvent))
            {
                var instances = _current.Values
                    .Where(known => string.Equals(known.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
                resourceEvent = instances.Count == 1 ? instances[0] : null;
            }

            return resourceEvent is not null;
        }
    }

    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="targetState">The state; null means <c>Running</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the state was seen.</returns>
    public async Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        _ = await WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of several states.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="targetStates">The states.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state that was seen.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToList();
        var seen = await WaitForResourceAsync(
            resourceName, change => states.Contains(change.Snapshot.State?.Text ?? "", StringComparer.OrdinalIgnoreCase), cancellationToken);
        return seen.Snapshot.State?.Text ?? "";
    }

    /// <summary>Waits until a resource is as wanted.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="predicate">Says whether it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The snapshot that was as wanted.</returns>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Waits until a resource runs and all its health checks pass, however long it takes.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The snapshot in which it is healthy.</returns>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    /// <summary>Waits until a resource runs and all its health checks pass.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="waitBehavior">What to do when it ends or cannot start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The snapshot in which it is healthy.</returns>
    /// <exception cref="DistributedApplicationException">It ended or could not start, and the wait is not to go on then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var seen = await WaitForResourceAsync(
            resourceName,
            change => IsHealthy(change.Snapshot)
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && HasEnded(change.Snapshot)),
            cancellationToken);
        if (!IsHealthy(seen.Snapshot))
        {
            throw new DistributedApplicationException(RunProblems.NeverHealthy(resourceName, seen.Snapshot));
        }

        await (seen.Snapshot.ResourceReadyEvent?.EventTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return seen;
    }

    internal static bool IsHealthy(CustomResourceSnapshot snapshot) =>
        snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy && snapshot.ResourceReadyEvent is not null;

    internal static bool HasEnded(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text ?? "") || snapshot.State?.Text is nameof(KnownResourceStates.RuntimeUnhealthy) or KnownResourceStates.NoContainerEngine;

    /// <summary>Says that nothing will change any more; all who wait are told why.</summary>
    internal void End(Exception? reason)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                (_ended, _reason) = (true, reason);
                foreach (var watcher in _watchers)
                {
                    _ = watcher.Writer.TryComplete(reason);
                }
            }
        }
    }

    internal ImmutableArray<ResourceEvent> Current()
    {
        lock (_gate)
        {
            return [.. _current.Values];
        }
    }

    private static CustomResourceSnapshot InitialSnapshot(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var initial)
            ? initial.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal), Properties = [] };

    private static CustomResourceSnapshot WithCommandStates(IResource resource, CustomResourceSnapshot snapshot)
    {
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        return commands.Count == 0 ? snapshot : snapshot with { Commands = [.. commands.Select(command => command.Snapshot(snapshot))] };
    }
}
