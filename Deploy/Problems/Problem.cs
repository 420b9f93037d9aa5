namespace Platform.Deploy.Problems;

/// <summary>Something the user can act on.</summary>
/// <param name="Code">Stable, such as <c>DEP012</c>; also its anchor in <c>docs/errors.md</c>.</param>
/// <param name="Summary">What happened, with the user's names.</param>
/// <param name="Fix">The cure, in the imperative.</param>
/// <param name="ExitCode">What the process ends with, one of <see cref="Problems.ExitCode"/>.</param>
internal sealed record Problem(string Code, string Summary, string Fix, int ExitCode)
{
    /// <summary>Where, such as <c>resources.web.bindings.http</c>; null where the whole input is meant.</summary>
    public string? Subject { get; init; }

    /// <summary>What the other side said: the last lines of output, a reason of AWS, a request id. Null where there is nothing to add.</summary>
    public string? Detail { get; init; }
}
