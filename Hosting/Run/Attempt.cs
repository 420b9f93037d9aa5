using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>One start of an instance, from the request to the end of its process or container.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _cancellation;

    public Attempt(CancellationToken runStops) => _cancellation = CancellationTokenSource.CreateLinkedTokenSource(runStops);

    /// <summary>Cancelled when the start is called off, or the process has ended.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>The way to a running process: waits, values, the object in DCP.</summary>
    public Task Starting { get; set; } = Task.CompletedTask;

    /// <summary>What was started; null until every value is known.</summary>
    public InstanceLaunch? Launch { get; set; }

    /// <summary>Whether DCP was given an object.</summary>
    public bool Created { get; set; }

    /// <summary>Whether somebody asked it to stop, so that its end is no crash.</summary>
    public bool StopRequested { get; set; }

    /// <summary>What a failure on the way is shown as.</summary>
    public string FailureState { get; set; } = KnownResourceStates.FailedToStart;

    /// <summary>Whether the health checks were begun.</summary>
    public bool Watched { get; set; }

    /// <summary>Completes with the last status when the process or container has ended.</summary>
    public TaskCompletionSource<InstanceStatus> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task CancelAsync() => _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();
}
