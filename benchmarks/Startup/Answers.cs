using System.Net;

namespace Platform.Benchmarks.Startup;

/// <summary>Asks until somebody answers, each time on a new connection: DCP's proxy accepts and holds one for which nobody listens yet.</summary>
internal sealed class Answers : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="address">What to get.</param>
    /// <param name="patience">How long one try may take.</param>
    /// <param name="wanted">The status that counts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UntilAsync(Uri address, TimeSpan patience, HttpStatusCode wanted, CancellationToken cancellationToken)
    {
        while (await AskAsync(address, patience, cancellationToken) != wanted)
        {
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode?> AskAsync(Uri address, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
