using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Platform.Hosting.Run;

/// <summary>
/// Gives each instance a port to listen on behind the proxy. The host has to know it: health checks go there, past the proxy, which would
/// hold a connection until somebody listens.
/// </summary>
internal sealed class PrivatePorts
{
    // Below what the kernels of Linux, macOS and Windows hand out for outgoing connections, so that none takes the port
    // between this choice and the moment at which the process listens.
    public const int First = 17_000;
    public const int Last = 31_999;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _given = [];

    public int Take()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last + 1);
            lock (_gate)
            {
                if (!_given.Add(port))
                {
                    continue;
                }
            }

            if (IsFree(IPAddress.Loopback, port) && IsFree(IPAddress.IPv6Loopback, port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free port was found from {First} to {Last}.");
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException error)
        {
            // A machine without IPv6 has every port free there.
            return error.SocketErrorCode is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied);
        }
    }
}
