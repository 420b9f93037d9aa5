namespace Platform.Hosting.Dcp;

/// <summary>Tells that DCP has gone, by a stream which stays silent as long as it lives.</summary>
internal sealed class DcpHeartbeat
{
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DcpClient _client;
    private readonly TimeProvider _time;

    public DcpHeartbeat(DcpClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
    }

    /// <summary>True once DCP has gone; false when cancelled.</summary>
    public async Task<bool> UntilDeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await ListenAsync(cancellationToken);
            }
            while (await AnswersAsync(cancellationToken));

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A kind that nobody here uses: its watch ends with the connection, or when the server is tired of it.
            using var lines = await _client.OpenAsync(DcpClient.WatchAddress<DcpContainerExec>(), cancellationToken);
            while (await lines.ReadAsync(cancellationToken) is not null)
            {
            }
        }
        catch (Exception error) when (error is HttpRequestException or DcpApiException)
        {
            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                return (await _client.ExecutionAsync(cancellationToken)).Status is "Running";
            }
            catch (Exception error) when (error is HttpRequestException or DcpApiException or DistributedApplicationException)
            {
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }

        return false;
    }
}
