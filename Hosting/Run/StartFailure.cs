using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>Shows that a resource as a whole could not be started: in its state, and why in its console log.</summary>
internal static class StartFailure
{
    public static Task ShowAsync(IResource resource, Exception exception, RunContext run)
    {
        var text = exception is DistributedApplicationException problem ? ProblemText.Render(problem.Problems) : exception.ToString();
        RunLog.StartFailed(run.Loggers.GetLogger(resource), text.TrimEnd());
        return run.Notifications.PublishUpdateAsync(resource, state => state with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
        });
    }
}
