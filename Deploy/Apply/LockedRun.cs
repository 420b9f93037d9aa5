using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>Holds the lock of an environment while something is done to it.</summary>
internal sealed class LockedRun(AwsSession session, TimeProvider time, Names names, LockHolder holder, IProgress<RunEvent> progress)
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="DeployException">Another run holds the lock, or has taken it meanwhile, or what is done failed.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> doAsync, CancellationToken cancellationToken)
    {
        var environmentLock = new EnvironmentLock(session.Ssm, names.DeployLock, names.Prefix, time);
        AwsTag[] tags = [new("app", names.Application), new("env", names.Environment), new("managed-by", Names.ManagedBy)];
        if (await environmentLock.TakeAsync(holder, tags, cancellationToken) is { Run.Length: > 0 } dead)
        {
            progress.Report(new RunEvent.Notice(Step: null, $"Run {dead.Run} of {dead.Who} on {dead.Host} ended without giving its lock back; this one goes on from where it stopped."));
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = environmentLock.KeepAsync(holder, both.Token);
        var doing = doAsync(both.Token);
        try
        {
            await Task.WhenAny(doing, keeping);
            if (!doing.IsCompleted)
            {
                // Stops at once: somebody else works on the same stacks.
                await both.CancelAsync();
                await doing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                await keeping;
            }

            await doing;
        }
        finally
        {
            await both.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReleaseAsync(environmentLock);
        }
    }

    // Also after Ctrl-C. One that cannot be given back is free by itself after some minutes.
    private async Task ReleaseAsync(EnvironmentLock environmentLock)
    {
        using var limit = new CancellationTokenSource(ReleaseLimit);
        try
        {
            await environmentLock.ReleaseAsync(holder, limit.Token);
        }
        catch (Exception failed) when (failed is DeployException or OperationCanceledException)
        {
            progress.Report(new RunEvent.Notice(Step: null, "The lock of the environment could not be given back; it is free by itself within two minutes."));
        }
    }
}
