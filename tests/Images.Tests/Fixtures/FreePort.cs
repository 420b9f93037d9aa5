using System.Net;
using System.Net.Sockets;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A port that was free a moment ago: for what must be told its port before it starts.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
