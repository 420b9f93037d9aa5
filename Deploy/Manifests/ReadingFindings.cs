using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>What is found while a manifest is read. A file of rubbish has as many problems as it has entries, so they are counted beyond a limit.</summary>
internal sealed class ReadingFindings
{
    /// <summary>Most problems that are told.</summary>
    public const int MaxProblems = 1000;

    private const int MaxCompared = 200_000;

    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly Dictionary<(string Kind, string Member), Ignored> _ignored = [];
    private int _further;
    private int _compared;

    public ImmutableArray<Problem> Problems => _further == 0 ? _problems.ToImmutable() : [.. _problems, ManifestProblems.TooMany(_further)];

    public ImmutableArray<ManifestNote> Notes => [.. _ignored.Values.Select(Note)];

    public void Add(Problem problem)
    {
        if (_problems.Count == MaxProblems)
        {
            _further++;
        }
        else
        {
            _problems.Add(problem);
        }
    }

    /// <summary>What somebody may have meant. A manifest that is wrong all over is not searched forever.</summary>
    public string? Closest(IReadOnlyCollection<string> known, string written)
    {
        if (_compared > MaxCompared || _problems.Count == MaxProblems)
        {
            return null;
        }

        _compared += known.Count;
        return ClosestName.Among(known, written);
    }

    /// <summary>A member that means nothing here. It is told once, however often it stands there.</summary>
    public void Ignore(string kind, string member, Place place, IEnumerable<string> known)
    {
        if (_ignored.TryGetValue((kind, member), out var ignored))
        {
            _ignored[(kind, member)] = ignored with { Times = ignored.Times + 1 };
        }
        else if (_ignored.Count < MaxProblems)
        {
            _ignored.Add((kind, member), new Ignored(kind, member, place.ToString(member), ClosestName.Among(known, member), Times: 1));
        }
    }

    private static ManifestNote Note(Ignored ignored)
    {
        var often = ignored.Times switch
        {
            1 => "",
            2 => " It stands in one more place.",
            _ => string.Create(CultureInfo.InvariantCulture, $" It stands in {ignored.Times - 1} more places."),
        };
        var meant = ignored.Closest is null ? "" : $" Did you mean '{ignored.Closest}'?";
        return new ManifestNote($"{ignored.Kind} has no member '{Place.Shown(ignored.Member)}', so it was ignored.{meant}{often}", ignored.Subject);
    }

    private sealed record Ignored(string Kind, string Member, string Subject, string? Closest, int Times);
}
