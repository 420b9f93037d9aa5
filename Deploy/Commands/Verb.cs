using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>What somebody can ask the tool to do: <c>platform VERB</c>. One file a verb, and one line in <see cref="Verbs"/>.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>The story of the verb; gives the exit code. Null for a verb that only groups others: it shows its help.</summary>
    public Func<ParseResult, Screen, CancellationToken, Task<int>>? Run { get; init; }

    /// <summary>Shown by <c>--help</c>, at least one.</summary>
    public required ImmutableArray<Example> Examples { get; init; }
}

/// <param name="Line">What to type.</param>
/// <param name="Purpose">What for, in a few words.</param>
internal sealed record Example(string Line, string Purpose);
