using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Manifests;

/// <summary>Runs the code that authors attach to their resources; what goes wrong there becomes a problem.</summary>
/// <param name="problems">Where problems are added.</param>
/// <param name="limit">
/// How long one callback may take. It may wait for a value that only a running application has, which would never come.
/// </param>
internal sealed class ManifestCallbacks(ICollection<Problem> problems, TimeSpan limit)
{
    /// <summary>Runs one callback.</summary>
    /// <param name="resource">Whose it is.</param>
    /// <param name="place">What it makes, such as <c>env</c>.</param>
    /// <param name="callback">The callback.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>Whether it ended well.</returns>
    public async Task<bool> RunAsync(IResource resource, string place, Func<Task> callback, CancellationToken cancellationToken)
    {
        Task? running = null;
        try
        {
            running = callback();
            await running.WaitAsync(limit, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException) when (running is { IsCompleted: false })
        {
            problems.Add(ManifestProblems.CallbackDoesNotEnd(resource.Name, place, limit));
        }
        catch (DistributedApplicationException exception)
        {
            foreach (var problem in exception.Problems)
            {
                problems.Add(problem);
            }
        }
#pragma warning disable CA1031 // the callback is the author's code: whatever it throws is a problem of the model
        catch (Exception exception)
#pragma warning restore CA1031
        {
            problems.Add(ManifestProblems.CallbackFailed(resource.Name, place, exception));
        }

        return false;
    }
}
