using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <param name="Text">Such as <c>12 created</c>; empty where there is nothing to say.</param>
internal sealed record StepResult(StepOutcome Outcome, string Text)
{
    public static StepResult Unchanged { get; } = new(StepOutcome.Unchanged, "");
}

/// <summary>A step, what has to be done before it, and what it does.</summary>
/// <param name="Step">As it is shown.</param>
/// <param name="Needs">Ids of other steps; those that the run does not have count as done.</param>
/// <param name="RunAsync">Throws where it fails.</param>
internal sealed record StepWork(RunStep Step, ImmutableArray<string> Needs, Func<CancellationToken, Task<StepResult>> RunAsync);

/// <summary>Does steps as soon as what they need is done, side by side. The first that fails stops the others where they are.</summary>
internal sealed class StepGraph(IProgress<RunEvent> progress)
{
    // CloudFormation throttles accounts, not stacks: some hundred stacks at once would only wait for each other.
    private const int MostAtOnce = 12;

    /// <exception cref="DeployException">A step failed: the problems of all that did.</exception>
    public async Task RunAsync(ImmutableArray<StepWork> works, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var room = new SemaphoreSlim(MostAtOnce);
        var problems = new List<Problem>();
        var causes = new List<Exception>();
        var tasks = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        foreach (var work in Ordered(works))
        {
            var needed = work.Needs.Select(need => tasks.GetValueOrDefault(need)).OfType<Task<bool>>().ToList();
            tasks[work.Step.Id] = OneAsync(work, needed);
        }

        await Task.WhenAll(tasks.Values);
        if (problems.Count > 0)
        {
            throw new DeployException([.. problems.Distinct()], causes.Count == 1 ? causes[0] : new AggregateException(causes));
        }

        if (causes.Count > 0)
        {
            throw new AggregateException(causes);
        }

        cancellationToken.ThrowIfCancellationRequested();

        async Task<bool> OneAsync(StepWork work, List<Task<bool>> needed)
        {
            var ready = await Task.WhenAll(needed);
            if (!ready.All(done => done) || stop.IsCancellationRequested)
            {
                progress.Report(new RunEvent.Abandoned(work.Step.Id, "not begun"));
                return false;
            }

            var entered = false;
            try
            {
                await room.WaitAsync(stop.Token);
                entered = true;
                progress.Report(new RunEvent.Started(work.Step.Id));
                var result = await work.RunAsync(stop.Token);
                progress.Report(new RunEvent.Finished(work.Step.Id, result.Outcome, result.Text));
                return true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                progress.Report(new RunEvent.Abandoned(work.Step.Id, entered ? "left as it is; the next run goes on from there" : "not begun"));
                return false;
            }
            catch (DeployException failed)
            {
                lock (problems)
                {
                    problems.AddRange(failed.Problems);
                    causes.Add(failed);
                }

                progress.Report(new RunEvent.Failed(work.Step.Id, failed.Problems));
                await stop.CancelAsync();
                return false;
            }
#pragma warning disable CA1031 // A bug in one step ends the others too, and is thrown when they have ended.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                lock (problems)
                {
                    causes.Add(bug);
                }

                progress.Report(new RunEvent.Abandoned(work.Step.Id, "ended by a bug of the tool"));
                await stop.CancelAsync();
                return false;
            }
            finally
            {
                if (entered)
                {
                    room.Release();
                }
            }
        }
    }

    /// <summary>What is needed comes first; otherwise as they are given.</summary>
    private static IEnumerable<StepWork> Ordered(ImmutableArray<StepWork> works)
    {
        var byId = works.ToDictionary(work => work.Step.Id, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return works.SelectMany(Walk);

        IEnumerable<StepWork> Walk(StepWork work) =>
            seen.Add(work.Step.Id) ? work.Needs.Select(need => byId.GetValueOrDefault(need)).OfType<StepWork>().SelectMany(Walk).ToList().Append(work) : [];
    }
}
