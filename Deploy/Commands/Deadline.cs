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

    public void Dispose() => _source.Dispose();
}
