using System.Runtime.CompilerServices;

namespace Platform.Hosting.Dashboard;

/// <summary>Takes from a stream all that is there at a time.</summary>
internal static class Batches
{
    private const int Most = 1000;

    /// <summary>Waits for an item, and adds to it those that can be had without waiting.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> InBatchesAsync<T>(
        this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var items = source.GetAsyncEnumerator(ending.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                List<T> batch = [];
                do
                {
                    batch.Add(items.Current);
                    next = items.MoveNextAsync().AsTask();
                }
                while (batch.Count < Most && next.IsCompletedSuccessfully && await next);
                yield return batch;
            }
        }
        finally
        {
            // A stream must not be disposed of while it is asked for its next item.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
