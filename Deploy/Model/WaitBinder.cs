using System.Collections.Immutable;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Model;

/// <summary>The order in which workloads start.</summary>
/// <param name="Jobs">Names of resources that others wait for the end of.</param>
/// <param name="Waves">By resource; 0 is left out.</param>
/// <param name="Gates">By resource: what has to take connections before it starts, sorted by target.</param>
internal sealed record BoundWaits(
    ImmutableHashSet<string> Jobs,
    ImmutableDictionary<string, int> Waves,
    ImmutableDictionary<string, ImmutableArray<FlowModel>> Gates);

/// <summary>Turns waits into waves (for the end of a job) and gates (for a port that takes connections).</summary>
internal sealed class WaitBinder(KnownResources resources, ImmutableDictionary<string, WorkloadPorts> ports, ExpressionResolver resolver, Findings findings)
{
    private readonly Dictionary<string, List<Edge>> _edges = new(StringComparer.Ordinal);

    public BoundWaits Bind()
    {
        var jobs = Jobs();
        var gates = ImmutableDictionary.CreateBuilder<string, ImmutableArray<FlowModel>>(StringComparer.Ordinal);
        foreach (var known in resources.All.Where(known => known.Running is not null && known.Hints.WaitFor.Length > 0))
        {
            var edges = known.Hints.WaitFor.SelectMany(wait => EdgesOf(known, wait, jobs)).ToList();
            _edges.Add(known.Name, edges);
            ImmutableArray<FlowModel> own = [.. edges.Select(edge => edge.Gate).OfType<FlowModel>().Distinct().OrderBy(gate => gate.Target, StringComparer.Ordinal)];
            if (own.Length > 0)
            {
                gates.Add(known.Name, own);
            }
        }

        return new BoundWaits(jobs, Waves(), gates.ToImmutable());
    }

    // Whoever waits: also a resource that is not deployed itself knows that the other one ends.
    private ImmutableHashSet<string> Jobs() =>
    [
        .. resources.All
            .SelectMany(known => known.Hints.WaitFor)
            .Where(wait => wait.Condition == WaitCondition.Completed && resources.Find(wait.Resource)?.Running is not null)
            .Select(wait => wait.Resource),
    ];

    private IEnumerable<Edge> EdgesOf(KnownResource waiting, WaitHint wait, ImmutableHashSet<string> jobs)
    {
        if (resources.Find(wait.Resource) is not { } target)
        {
            yield break;
        }

        switch (target)
        {
            case { Standing: Standing.Refused }:
                findings.Refers(waiting.Name, $"deploymentHints.{waiting.Name}.waitFor", target.Name);
                break;
            case { Standing: Standing.Missing }:
                findings.Note(waiting.Name, $"It does not wait for '{target.Name}', which is missing.");
                break;
            case { Standing: Standing.Substituted }:
                findings.Note(waiting.Name, $"It does not wait for '{target.Name}', which is outside of the cluster.");
                break;
            case { Running: not null }:
                if (wait is { Condition: WaitCondition.Completed, ExitCode: not (null or 0) })
                {
                    findings.Add(WorkloadProblems.ExitCodeOfWait(waiting.Name, target.Name, wait.ExitCode ?? 0));
                }

                yield return EdgeTo(waiting, target, wait.Condition, jobs);
                break;
            default:
                foreach (var owner in OwnersOf(target).Where(owner => owner.Name != waiting.Name))
                {
                    yield return EdgeTo(waiting, owner, wait.Condition, jobs);
                }

                break;
        }
    }

    // A database is ready when its server is: whoever its connection string leads to, else its parent.
    private List<KnownResource> OwnersOf(KnownResource target)
    {
        var hosts = resolver.ConnectionStringOf(target)?.Calls.Select(call => call.Target).ToHashSet(StringComparer.Ordinal) ?? [];
        if (hosts.Count > 0)
        {
            return [.. ports.Where(entry => hosts.Contains(entry.Value.Host)).Select(entry => resources.Find(entry.Key)).OfType<KnownResource>().OrderBy(known => known.Name, StringComparer.Ordinal)];
        }

        return target.Hints.Parent is { } parent && resources.Find(parent) is { Running: not null } known ? [known] : [];
    }

    private Edge EdgeTo(KnownResource waiting, KnownResource target, WaitCondition condition, ImmutableHashSet<string> jobs)
    {
        if (condition == WaitCondition.Completed)
        {
            return new Edge(target.Name, Steps: 1, Gate: null);
        }

        if (jobs.Contains(target.Name))
        {
            findings.Note(waiting.Name, $"It does not wait for '{target.Name}' to run, because that is a job.");
            return new Edge(target.Name, Steps: 0, Gate: null);
        }

        if (ports[target.Name].FirstTcp is not { } port)
        {
            findings.Note(waiting.Name, $"It does not wait for '{target.Name}', which has no TCP port.");
            return new Edge(target.Name, Steps: 0, Gate: null);
        }

        return new Edge(target.Name, Steps: 0, ports[target.Name].FlowTo(port));
    }

    // What waits for something of a later wave belongs to that wave: its gate would hold up the jobs of its own.
    private ImmutableDictionary<string, int> Waves()
    {
        var needs = _edges.ToDictionary(entry => entry.Key, IReadOnlyCollection<string> (entry) => [.. entry.Value.Select(edge => edge.Target)], StringComparer.Ordinal);
        var (order, circles) = DependencyOrder.Of(needs);
        foreach (var circle in circles)
        {
            findings.Add(WorkloadProblems.WaitCircle(circle));
        }

        var waves = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in order)
        {
            waves.Add(name, _edges[name].Select(edge => waves.GetValueOrDefault(edge.Target) + edge.Steps).DefaultIfEmpty().Max());
        }

        return waves.Where(entry => entry.Value > 0).ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <param name="Target">Name of a resource.</param>
    /// <param name="Steps">Waves between the two.</param>
    /// <param name="Gate">Null: there is nothing to connect to.</param>
    private sealed record Edge(string Target, int Steps, FlowModel? Gate);
}
