using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>The instances of one resource, and what happens once for all of them.</summary>
#pragma warning disable CA1001 // the last instance that leaves disposes of it
internal sealed class ResourceGroup(IResource resource, RunContext run)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _up = [];
    private CancellationTokenSource? _waiting;
    private Task? _starting;
    private Task? _ready;

    public IResource Resource { get; } = resource;

    public ImmutableArray<ResourceInstance> Instances { get; set; } = [];

    /// <summary>
    /// What comes before a start: waiting for others, then the event. Instances that start together share it; one that is
    /// started while others run has only the waiting. Who does not come up has to <see cref="Leave"/>.
    /// </summary>
    public Task BeforeStartAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _ = _up.Add(id);
            if (_starting is null or { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                // Ends when all have left, not when the first one is stopped.
                _waiting = new CancellationTokenSource();
                _starting = WaitAndTellAsync(_waiting.Token);
            }

            return _starting.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes back a start that came to nothing; the next one waits again.</summary>
    public void Leave(string id)
    {
        lock (_gate)
        {
            _ = _up.Remove(id);
            if (_up.Count == 0)
            {
                _waiting?.Cancel();
                _waiting?.Dispose();
                (_waiting, _starting, _ready) = (null, null, null);
            }
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

    public async Task OnEndedAsync(string id, CancellationToken cancellationToken)
    {
        Leave(id);
        if (run.Notifications.TryGetCurrentState(id, out var last))
        {
            await run.Eventing.PublishAsync(new ResourceStoppedEvent(Resource, run.Services, last), cancellationToken);
        }
    }

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
