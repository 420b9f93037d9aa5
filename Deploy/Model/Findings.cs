using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Model;

/// <summary>Where the parts of binding put what the user has to mend, and what he should know.</summary>
internal sealed class Findings
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, List<string>> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Referrers> _referrers = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were found.</summary>
    public ImmutableArray<Problem> Problems => [.. _problems];

    public void Add(Problem problem) => _problems.Add(problem);

    /// <param name="resource">Whose entry in the coverage gets the note.</param>
    /// <param name="sentence">The same sentence is kept once.</param>
    public void Note(string resource, string sentence)
    {
        if (!_notes.TryGetValue(resource, out var notes))
        {
            _notes.Add(resource, notes = []);
        }

        if (!notes.Contains(sentence))
        {
            notes.Add(sentence);
        }
    }

    public ImmutableArray<string> NotesOf(string resource) => _notes.TryGetValue(resource, out var notes) ? [.. notes] : [];

    /// <summary>Remembers that something deployed needs a refused resource: the one problem of that resource names all who do.</summary>
    /// <param name="place">Where, such as <c>resources.web.env.DB_HOST</c>.</param>
    public void Refers(string referrer, string place, string refused)
    {
        if (!_referrers.TryGetValue(refused, out var referrers))
        {
            _referrers.Add(refused, referrers = new Referrers());
        }

        _ = referrers.Names.Add(referrer);
        _ = referrers.Places.Add(place);
    }

    public Referrers ReferrersOf(string refused) => _referrers.TryGetValue(refused, out var referrers) ? referrers : new Referrers();
}

/// <summary>Who needs a refused resource, and where.</summary>
internal sealed class Referrers
{
    public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Places { get; } = new(StringComparer.Ordinal);
}
