using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>The instances of one resource, and what happens once for all of them.</summary>
internal sealed class ResourceGroup(IResource resource, RunContext run, CancellationToken stopping) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _up = [];
    private IReadOnlyList<string> _waitingFor = [];
    private CancellationTokenSource? _start;
    private Task _starting = Task.CompletedTask;
    private Task? _ready;

    public IResource Resource { get; } = resource;

    /// <summary>
    /// What comes before a start: waiting for others, then the event. Instances that start together share it; one that is
    /// started while others are up waits for nothing any more.
    /// </summary>
    public Task BeforeStartAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var first = _up.Count == 0;
            _ = _up.Add(id);
            if (first)
            {
                _start = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                _starting = WaitAndTellAsync(_start.Token);
            }
            else if (_waitingFor.Count > 0)
            {
                ShowWaiting(id);
            }

            return _starting.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Tells that an instance is healthy; the event comes once until all have ended.</summary>
    /// <param name="ended">Cancelled when the instance has ended: its health does not count then.</param>
    public Task OnReady(CancellationToken ended)
    {
        lock (_gate)
        {
            // The event belongs to all instances: the end of the one that was healthy first does not call it off.
            return ended.IsCancellationRequested || _start is null ? Task.CompletedTask : _ready ??= TellReadyAsync(_start.Token);
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
                (_start, _starting, _ready, _waitingFor) = (null, Task.CompletedTask, null, []);
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
        await DependencyWait.WaitAsync(Resource, run.Notifications, OnWaiting, cancellationToken);
        await run.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, run.Services), cancellationToken);
    }

    private async Task TellReadyAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await run.Eventing.PublishAsync(new ResourceReadyEvent(Resource, run.Services), cancellationToken);
    }

    private void OnWaiting(IReadOnlyList<string> names)
    {
        lock (_gate)
        {
            _waitingFor = names;
            foreach (var id in _up)
            {
                ShowWaiting(id);
            }
        }
    }

    private void ShowWaiting(string id)
    {
        if (_waitingFor.Count > 0)
        {
            RunLog.Waiting(run.Loggers.GetLogger(id), string.Join(", ", _waitingFor));
        }

        _ = run.Notifications.PublishUpdateAsync(Resource, id, state => state with
        {
            State = _waitingFor.Count > 0 ? KnownResourceStates.Waiting : KnownResourceStates.Starting,
            Properties = InstanceSnapshots.With(state.Properties, KnownProperties.WaitingFor, _waitingFor.Count > 0 ? _waitingFor : null),
        });
    }
}
