using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Images;

/// <summary>Passes connections on to the registry and counts what is sent to it: whatever a program says of itself, this is what it sends.</summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Task _accepting;
    private long _sent;

    public CountingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Host and port; by this name both programs speak without TLS.</summary>
    public string Host => $"localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Bytes since it was last asked.</summary>
    public long TakeSent() => Interlocked.Exchange(ref _sent, 0);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var registry = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            try
            {
                await registry.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAny(CopyAsync(client, registry, count: true), CopyAsync(registry, client, count: false));
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
            {
                // One of both is gone.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool count)
    {
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await from.GetStream().ReadAsync(buffer, _end.Token)) > 0)
        {
            if (count)
            {
                Interlocked.Add(ref _sent, read);
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
