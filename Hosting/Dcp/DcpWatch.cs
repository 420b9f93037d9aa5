using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Platform.Hosting.Dcp;

internal enum DcpChangeKind
{
    /// <summary>New or changed: put it in the place of what was known.</summary>
    Upserted,
    Deleted,
}

/// <param name="Object">As it is now; of a deleted one as it was last seen.</param>
internal sealed record DcpChange<T>(DcpChangeKind Kind, T Object);

/// <summary>Keeps one watch alive over breaks of its connection.</summary>
internal sealed class DcpWatch<T>
    where T : class, IDcpObject<T>
{
    private static readonly TimeSpan ReopenAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(20);

    private readonly DcpClient _client;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, T> _known = [];

    public DcpWatch(DcpClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
    }

    public async IAsyncEnumerable<DcpChange<T>> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            using var lines = await OpenAsync(cancellationToken);
            foreach (var gone in await GoneAsync(cancellationToken))
            {
                _known.Remove(gone.Metadata.Name);
                yield return new(DcpChangeKind.Deleted, gone);
            }

            using var age = new CancellationTokenSource(ReopenAfter, _time);
            while (await NextLineAsync(lines, age.Token, cancellationToken) is { } line)
            {
                if (Interpret(line) is { } change)
                {
                    yield return change;
                }
            }
        }
    }

    private async Task<DcpLineStream> OpenAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await _client.OpenAsync(DcpClient.WatchAddress<T>(), cancellationToken);
            }
            catch (Exception error) when (error is HttpRequestException or DcpApiException { IsTransient: true })
            {
                if (_time.GetElapsedTime(started) > GiveUpAfter)
                {
                    throw new DistributedApplicationException(DcpProblems.Silent($"watch of {T.Plural}", GiveUpAfter), error);
                }
            }

            await Task.Delay(RetryPause, _time, cancellationToken);
        }
    }

    // Asked after the stream is open: what goes later than the answer is reported by the stream itself.
    private async Task<IReadOnlyList<T>> GoneAsync(CancellationToken cancellationToken)
    {
        if (_known.Count == 0)
        {
            return [];
        }

        var left = (await _client.ListAsync<T>(cancellationToken)).Select(item => item.Metadata.Name).ToHashSet();
        return [.. _known.Values.Where(item => !left.Contains(item.Metadata.Name))];
    }

    private static async Task<string?> NextLineAsync(DcpLineStream lines, CancellationToken age, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(age, cancellationToken);
        try
        {
            return await lines.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private DcpChange<T>? Interpret(string line)
    {
        if (line.Length == 0 || JsonSerializer.Deserialize(line, DcpJson.Default.DcpWatchEvent) is not { } happened)
        {
            return null;
        }

        if (happened.Type is not ("ADDED" or "MODIFIED" or "DELETED") || happened.Object.Deserialize(T.TypeInfo) is not { } item)
        {
            return null;
        }

        if (happened.Type is "DELETED")
        {
            // A list taken while the stream was already open may have told it before.
            return _known.Remove(item.Metadata.Name) ? new(DcpChangeKind.Deleted, item) : null;
        }

        _known[item.Metadata.Name] = item;
        return new(DcpChangeKind.Upserted, item);
    }
}
