namespace Platform.Hosting.Dcp;

/// <summary>
/// Removes the objects before the server is stopped. DCP would do that too, but it waits in steps of a second where a process
/// is gone in some 30 ms.
/// </summary>
internal sealed class DcpTeardown
{
    private readonly DcpClient _client;
    private readonly TimeSpan _deadline;

    /// <param name="client">The server.</param>
    /// <param name="deadline">How long the processes have; after it DCP is left to end them.</param>
    public DcpTeardown(DcpClient client, TimeSpan deadline)
    {
        _client = client;
        _deadline = deadline;
    }

    /// <summary>Says what is left for the server to do.</summary>
    public async Task<DcpCleanup> RunAsync(CancellationToken cancellationToken)
    {
        var engineObjects = await Task.WhenAll(
            CountAsync<DcpContainer>(cancellationToken),
            CountAsync<DcpContainerNetwork>(cancellationToken),
            CountAsync<DcpContainerVolume>(cancellationToken));
        if (engineObjects.Sum() > 0)
        {
            // What of these persists, and in which order they go, is DCP's business.
            return DcpCleanup.Full;
        }

        try
        {
            // Producers first: their proxies let running requests end.
            await RemoveAllAsync<DcpExecutable>(cancellationToken);
            await RemoveAllAsync<DcpService>(cancellationToken);
            return DcpCleanup.None;
        }
        catch (DistributedApplicationException)
        {
            return DcpCleanup.Full;
        }
    }

    private async Task<int> CountAsync<T>(CancellationToken cancellationToken)
        where T : class, IDcpObject<T> => (await _client.ListAsync<T>(cancellationToken)).Count;

    private async Task RemoveAllAsync<T>(CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        var items = await _client.ListAsync<T>(cancellationToken);
        await Task.WhenAll(items.Select(item => _client.DeleteAndWaitUntilGoneAsync<T>(item.Metadata.Name, _deadline, cancellationToken)));
    }
}
