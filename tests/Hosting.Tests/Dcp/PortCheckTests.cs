using System.Net;
using System.Net.Sockets;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class PortCheckTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public void A_taken_port_is_told_with_its_owner(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !address.Contains(':', StringComparison.Ordinal), "this machine has no IPv6");
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var problem = PortCheck.Find("resources.web.bindings.http", port);

        var owner = OperatingSystem.IsLinux() ? $"'{File.ReadAllText("/proc/self/comm").Trim()}' (process {Environment.ProcessId})" : null;
        Assert.Equal(DcpProblems.PortTaken("resources.web.bindings.http", port, owner), problem);
    }

    [Fact]
    public void A_free_port_is_fine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Null(PortCheck.Find("resources.web.bindings.http", port));
    }
}
