using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>
/// One instance of a resource: starts it, stops it, knows whether it is healthy. One command at a time; what DCP observes comes in between.
/// </summary>
internal sealed class ResourceInstance : IAsyncDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan GoneDeadline = TimeSpan.FromSeconds(10);

    private readonly RunContext _run;
    private readonly ResourceGroup _group;
    private readonly LaunchPreparation _preparation;
    private readonly HealthLoop _health;
    private readonly CancellationToken _stopping;
    private readonly SemaphoreSlim _commands = new(1, 1);
    private Attempt? _attempt;
    private string? _lastUid;
    private bool _objectExists;
    private int _restarts;

    public ResourceInstance(string id, ResourceGroup group, RunContext run, LaunchPreparation preparation, CancellationToken stopping)
    {
        Id = id;
        _group = group;
        _run = run;
        _preparation = preparation;
        _stopping = stopping;
        _health = new HealthLoop(run, group, id);
    }

    public string Id { get; }

    private IResource Resource => _group.Resource;

    /// <summary>Starts it and returns when DCP has it, or why it cannot be started.</summary>
    public async Task<ExecuteCommandResult> StartAsync(CancellationToken cancellationToken)
    {
        Attempt attempt;
        await _commands.WaitAsync(cancellationToken);
        try
        {
            if (_attempt is { Ended.Task.IsCompleted: false })
            {
                return CommandResults.Success();
            }

            _attempt?.Dispose();
            _attempt = attempt = new Attempt(_stopping);
            Publish(state => state with
            {
                State = KnownResourceStates.Starting,
                ExitCode = null,
                StartTimeStamp = null,
                StopTimeStamp = null,
                ResourceReadyEvent = null,
                HealthReports = InstanceHealth.Pending(Resource),
            });
            attempt.Starting = BringUpAsync(attempt);
        }
        finally
        {
            _ = _commands.Release();
        }

        try
        {
            await attempt.Starting.WaitAsync(cancellationToken);
            return CommandResults.Success();
        }
        catch (DistributedApplicationException problem)
        {
            return CommandResults.Failure(problem.Problems[0].Summary);
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
    }

    /// <summary>Stops it and returns when it has ended.</summary>
    public async Task<ExecuteCommandResult> StopAsync(CancellationToken cancellationToken)
    {
        await _commands.WaitAsync(cancellationToken);
        try
        {
            if (_attempt is not { Ended.Task.IsCompleted: false } attempt)
            {
                return CommandResults.Success();
            }

            attempt.StopRequested = true;
            Publish(state => state with { State = KnownResourceStates.Stopping });
            await attempt.CancelAsync();
            await attempt.Starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!attempt.Created)
            {
                Publish(state => state with
                {
                    State = KnownResourceStates.NotStarted,
                    StopTimeStamp = DateTime.UtcNow,
                    Properties = InstanceSnapshots.With(state.Properties, KnownProperties.WaitingFor, value: null),
                });
                _group.OnDown(Id);
                _ = attempt.Ended.TrySetResult(new InstanceStatus("", KnownResourceStates.Exited, ExitCode: null));
                return CommandResults.Success();
            }

            await StopObjectAsync(await _run.Dcp, cancellationToken);
            _ = await attempt.Ended.Task.WaitAsync(StopDeadline, _run.Time, cancellationToken);
            return CommandResults.Success();
        }
        catch (TimeoutException)
        {
            return CommandResults.Failure($"'{Id}' was still running {StopDeadline.TotalSeconds} s after it was asked to stop.");
        }
        catch (Exception refused) when (refused is DcpApiException or HttpRequestException or DistributedApplicationException)
        {
            // It runs on, and can be stopped by another try.
            Publish(state => state with { State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success) });
            return CommandResults.Failure(refused.Message);
        }
        finally
        {
            _ = _commands.Release();
        }
    }

    public async Task<ExecuteCommandResult> RestartAsync(CancellationToken cancellationToken)
    {
        var stopped = await StopAsync(cancellationToken);
        return stopped.Success ? await StartAsync(cancellationToken) : stopped;
    }

    /// <summary>Takes in what DCP observes. Calls come one after the other.</summary>
    public void Observe(InstanceStatus status)
    {
        if (_attempt is not { Created: true, Ended.Task.IsCompleted: false } attempt || status.Uid == _lastUid || status.State is null)
        {
            return;
        }

        // A request to stop that DCP has not taken up yet must not show as running again.
        var shown = attempt.StopRequested && !status.HasEnded ? KnownResourceStates.Stopping : status.State;
        Publish(state => state with
        {
            State = new ResourceStateSnapshot(shown, StyleOf(attempt, status)),
            ExitCode = status.HasEnded ? status.ExitCode : null,
            StartTimeStamp = status.Started ?? state.StartTimeStamp,
            StopTimeStamp = status.HasEnded ? status.Finished ?? DateTime.UtcNow : null,
            Properties = InstanceSnapshots.WithStatus(state.Properties, status),
            Urls = InstanceSnapshots.WithActivity(state.Urls, active: shown == KnownResourceStates.Running),
        });

        if (status.HasEnded)
        {
            _lastUid = status.Uid;
            OnEnded(attempt, status);
        }
        else if (status.State == KnownResourceStates.Running && !attempt.Watched && attempt.Launch is { } launch)
        {
            attempt.Watched = true;
            _ = _health.RunAsync(launch.Ports, attempt.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_attempt is not null)
        {
            await _attempt.CancelAsync();
            await _attempt.Starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _attempt.Dispose();
        }

        await _health.DisposeAsync();
        _commands.Dispose();
    }

    private async Task BringUpAsync(Attempt attempt)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await CheckEngineAsync(attempt);
            await _group.BeforeStartAsync(Id, attempt.Token);
            var launch = await _preparation.PrepareAsync(Resource, Id, attempt.Token).WaitAsync(attempt.Token);
            var dcp = await _run.Dcp.WaitAsync(attempt.Token);
            attempt.Launch = launch;
            if (_objectExists)
            {
                await RemoveObjectAsync(dcp, attempt.Token);
            }

            Publish(state => InstanceSnapshots.WithLaunch(state, launch));
            await CreateAsync(attempt, launch, dcp);
        }
        catch (Exception exception) when (!attempt.Token.IsCancellationRequested || exception is not OperationCanceledException)
        {
            // A callback of the user's may give up with an OperationCanceledException of its own, such as the time-out of a request.
            var failure = exception as DistributedApplicationException
                ?? new DistributedApplicationException(RunProblems.StartFailed(Resource.Name, exception.ToString()), exception);
            Fail(attempt, failure);
            throw failure;
        }
    }

    private async Task CheckEngineAsync(Attempt attempt)
    {
        if (Resource is ContainerResource && await _run.Containers.PrepareAsync(attempt.Token) is { } problem)
        {
            attempt.FailureState = KnownResourceStates.NoContainerEngine;
            throw new DistributedApplicationException(problem);
        }
    }

    private async Task CreateAsync(Attempt attempt, InstanceLaunch launch, DcpClient dcp)
    {
        var container = Resource is ContainerResource known
            ? await _preparation.PrepareContainerAsync(known, ContainerHost.Network, attempt.Token).WaitAsync(attempt.Token)
            : null;

        // Set before the call: the watch may tell of the object before the call has returned. And once it is made, a stop waits
        // for it: an object that nobody knows of could not be stopped.
        attempt.Created = true;
        _objectExists = true;
        try
        {
            if (container is not null)
            {
                _ = await dcp.CreateAsync(DcpTranslation.Container(launch, container), _stopping);
                _ = InstanceLogs.FollowAsync<DcpContainer>(dcp, Id, _run.Loggers, _stopping);
            }
            else
            {
                _ = await dcp.CreateAsync(DcpTranslation.Executable(launch), _stopping);
                _ = InstanceLogs.FollowAsync<DcpExecutable>(dcp, Id, _run.Loggers, _stopping);
            }
        }
        catch (DcpApiException refusal)
        {
            (attempt.Created, _objectExists) = (false, false);
            throw new DistributedApplicationException(DcpProblems.Refused(Resource.GetType().Name, Id, refusal), refusal);
        }
    }

    private void OnEnded(Attempt attempt, InstanceStatus status)
    {
        _ = attempt.CancelAsync();
        _ = attempt.Ended.TrySetResult(status);
        if (status.Message is { Length: > 0 } message)
        {
            _run.Loggers.Append(Id, message, isError: true);
        }

        _ = _group.OnEndedAsync(Id, _stopping);
        var allowed = _run.Settings.RestartOnFailure.GetValueOrDefault(Resource.Name);
        if (!attempt.StopRequested && status.ExitCode != 0 && _restarts < allowed)
        {
            _restarts++;
            var delay = TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, _restarts - 1)));
            RunLog.Restarting(_run.Loggers.GetLogger(Id), _restarts, allowed, delay.TotalSeconds);
            _ = RestartLaterAsync(delay);
        }
    }

    private async Task RestartLaterAsync(TimeSpan delay)
    {
        await Task.Delay(delay, _run.Time, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_stopping.IsCancellationRequested)
        {
            _ = await StartAsync(_stopping);
        }
    }

    private void Fail(Attempt attempt, DistributedApplicationException failure)
    {
        RunLog.StartFailed(_run.Loggers.GetLogger(Id), ProblemText.Render(failure.Problems).TrimEnd());
        Publish(state => state with
        {
            State = new ResourceStateSnapshot(attempt.FailureState, KnownResourceStateStyles.Error),
            StopTimeStamp = DateTime.UtcNow,
            Properties = InstanceSnapshots.With(state.Properties, KnownProperties.WaitingFor, value: null),
        });
        _group.OnDown(Id);
        _ = attempt.Ended.TrySetResult(new InstanceStatus("", KnownResourceStates.FailedToStart, ExitCode: null));
    }

    private Task StopObjectAsync(DcpClient dcp, CancellationToken cancellationToken) => Resource is ContainerResource
        ? dcp.StopAsync<DcpContainer>(Id, cancellationToken)
        : dcp.StopAsync<DcpExecutable>(Id, cancellationToken);

    private async Task RemoveObjectAsync(DcpClient dcp, CancellationToken cancellationToken)
    {
        await (Resource is ContainerResource
            ? dcp.DeleteAndWaitUntilGoneAsync<DcpContainer>(Id, GoneDeadline, cancellationToken)
            : dcp.DeleteAndWaitUntilGoneAsync<DcpExecutable>(Id, GoneDeadline, cancellationToken));
        _objectExists = false;
    }

    private static string? StyleOf(Attempt attempt, InstanceStatus status) => status switch
    {
        { State: var state } when state == KnownResourceStates.FailedToStart || state == KnownResourceStates.RuntimeUnhealthy => KnownResourceStateStyles.Error,
        { HasEnded: true } when !attempt.StopRequested && status.ExitCode != 0 => KnownResourceStateStyles.Error,
        { State: var state } when state == KnownResourceStates.Running => KnownResourceStateStyles.Success,
        _ => null,
    };

    private void Publish(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => _ = _run.Notifications.PublishUpdateAsync(Resource, Id, change);
}
