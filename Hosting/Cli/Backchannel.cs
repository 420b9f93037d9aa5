using System.Net.Sockets;

namespace Platform.Hosting.Cli;

/// <summary>
/// Lets the <c>aspire</c> command (13.5) list, describe, follow and stop a running application: <c>aspire ps</c>, <c>describe</c>,
/// <c>logs</c>, <c>resource</c>, <c>wait</c>, <c>otel</c>, <c>stop</c>. The protocol is that of one product and not published.
/// </summary>
/// <remarks>Costs a listening socket; all else is loaded when somebody connects.</remarks>
internal sealed class Backchannel : IAsyncDisposable
{
    private const int Backlog = 10;

    private readonly BackchannelContext _context;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly List<Task> _connections = [];

    private Backchannel(BackchannelContext context, Socket listener, string path)
    {
        _context = context;
        _listener = listener;
        Path = path;
        _accepting = AcceptAsync();
    }

    /// <summary>The socket.</summary>
    public string Path { get; }

    /// <summary>Begins to listen.</summary>
    /// <returns>The open channel; null where this machine has no place for it: no home directory, no Unix sockets, a path that is too long.</returns>
    public static Backchannel? Open(BackchannelContext context)
    {
        if (!Socket.OSSupportsUnixDomainSockets || !Directory.Exists(context.HomeDirectory))
        {
            return null;
        }

        var folder = BackchannelSocket.FolderIn(context.HomeDirectory);
        var real = context with { AppHostPath = BackchannelSocket.RealPath(context.AppHostPath) };
        var id = BackchannelSocket.IdOf(real.AppHostPath);
        Socket? listener = null;
        try
        {
            CreateForThisUser(folder);
            BackchannelSocket.RemoveStale(folder, id);
            if (BackchannelSocket.NewPath(folder, id, context.ProcessId) is not { } path)
            {
                return null;
            }

            listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(Backlog);
            return new Backchannel(real, listener, path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or SocketException)
        {
            // A read-only home directory, say. The application runs as well without the command.
            listener?.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        File.Delete(Path);
        _stopping.Dispose();
    }

    private static void CreateForThisUser(string folder) =>
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(_stopping.Token);
                _ = _connections.RemoveAll(known => known.IsCompleted);
                _connections.Add(ServeAsync(connection));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The application ends.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        await using var network = new NetworkStream(connection, ownsSocket: true);
        using var stream = new JsonRpcStream(network);
        await using var served = new BackchannelConnection(stream, new BackchannelCalls(_context));
        await served.RunAsync(_stopping.Token);
    }
}
