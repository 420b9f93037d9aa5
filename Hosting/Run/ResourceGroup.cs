using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>The instances of one resource, and what happens once for all of them.</summary>
internal sealed class ResourceGroup(IResource resource, RunContext run, CancellationToken stopping) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _up = [];
    private CancellationTokenSource? _start;
    private Task _starting = Task.CompletedTask;
    private Task? _ready;

    public IResource Resource { get; } = resource;

    public ImmutableArray<ResourceInstance> Instances { get; set; } = [];

    /// <summary>
    /// What comes before a start: waiting for others, then the event. Instances that start together share it; one that is
    /// started while others are up waits for nothing any more.
    /// </summary>
    public Task BeforeStartAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_up.Count == 0)
            {
                _start = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                _starting = WaitAndTellAsync(_start.Token);
            }

            _ = _up.Add(id);
            return _starting.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Tells that an instance is healthy; the event comes once until all have ended.</summary>
    public Task OnReady(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _ready ??= run.Eventing.PublishAsync(new ResourceReadyEvent(Resource, run.Services), cancellationToken);
        }
    }

    /// <summary>Takes note that an instance is not up any more, or did not get so far.</summary>
    public void OnDown(string id)
    {
        lock (_gate)
        {
            if (_up.Remove(id) && _up.Count == 0)
            {
                _start?.Cancel();
                _start?.Dispose();
                (_start, _starting, _ready) = (null, Task.CompletedTask, null);
            }
        }
    }

    /// <summary>Takes note that an instance has ended, and tells of it.</summary>
    public async Task OnEndedAsync(string id, CancellationToken cancellationToken)
    {
        OnDown(id);
        if (run.Notifications.TryGetCurrentState(id, out var last))
        {
            await run.Eventing.PublishAsync(new ResourceStoppedEvent(Resource, run.Services, last), cancellationToken);
        }
    }

    public void Dispose() => _start?.Dispose();

    private async Task WaitAndTellAsync(CancellationToken cancellationToken)
    {
        await DependencyWait.WaitAsync(Resource, run.Notifications, ShowWaiting, cancellationToken);
        await run.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, run.Services), cancellationToken);
    }

    private void ShowWaiting(IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            RunLog.Waiting(run.Loggers.GetLogger(Resource), string.Join(", ", names));
        }

        _ = run.Notifications.PublishUpdateAsync(Resource, state => state with
        {
            State = names.Count > 0 ? KnownResourceStates.Waiting : KnownResourceStates.Starting,
            Properties = InstanceSnapshots.With(state.Properties, KnownProperties.WaitingFor, names.Count > 0 ? names : null),
        });
    }
}
