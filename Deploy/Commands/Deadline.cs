using Platform.Deploy.Planning;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Commands;

/// <summary>The end that a command was given with <c>--timeout</c>.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;

    private Deadline(CancellationTokenSource source) => _source = source;

    public CancellationToken Token => _source.Token;

    /// <param name="limit">Null: none.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    public static Deadline Of(TimeSpan? limit, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (limit is { } span)
        {
            source.CancelAfter(span);
        }

        return new Deadline(source);
    }

    /// <summary>Has a verb that only looks end in time.</summary>
    /// <exception cref="DeployException">It did not.</exception>
    public static async Task<int> WithinAsync(TimeSpan? limit, Func<CancellationToken, Task<int>> doAsync, CancellationToken cancellationToken)
    {
        using var deadline = Of(limit, cancellationToken);
        try
        {
            return await doAsync(deadline.Token);
        }
        catch (OperationCanceledException late) when (limit is { } span && !cancellationToken.IsCancellationRequested && deadline.Token.IsCancellationRequested)
        {
            throw new DeployException([TargetProblems.TimedOut(span)], late);
        }
    }

    public void Dispose() => _source.Dispose();
}
