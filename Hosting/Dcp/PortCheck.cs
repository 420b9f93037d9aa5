using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Dcp;

/// <summary>Whether a fixed public port can be had: DCP is silent about one that is taken.</summary>
internal static class PortCheck
{
    /// <summary>Null where the port is free on the loopback addresses.</summary>
    /// <param name="subject">Where the port was asked for, such as <c>resources.web.bindings.http</c>.</param>
    /// <param name="port">1 to 65535.</param>
    public static Problem? Find(string subject, int port)
    {
        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            switch (Bind(address, port))
            {
                case SocketError.AddressAlreadyInUse:
                    return DcpProblems.PortTaken(subject, port, PortOwner.Find(port));
                case SocketError.AccessDenied:
                    return DcpProblems.PortNotAllowed(subject, port);
                default:
                    break;
            }
        }

        return null;
    }

    private static SocketError Bind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            // Such as no IPv6 on this machine: nothing that DCP would stumble over.
            return error.SocketErrorCode;
        }
    }
}

/// <summary>Who listens on a port, as far as Linux lets this user see.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    /// <summary>Such as <c>'dotnet' (process 4711)</c>; null where it cannot be known.</summary>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = Sockets(string.Create(CultureInfo.InvariantCulture, $":{port:X4}")).ToHashSet();
        return Directory.EnumerateDirectories("/proc").FirstOrDefault(process => Holds(process, sockets)) is { } holder
            ? $"'{File.ReadAllText($"{holder}/comm").Trim()}' (process {Path.GetFileName(holder)})"
            : null;
    }

    // "  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12069 1 …":
    // number, local, remote, state, queues, timer, retransmits, user, time-out, inode.
    private static IEnumerable<string> Sockets(string local) =>
        from file in (string[])["/proc/net/tcp", "/proc/net/tcp6"]
        where File.Exists(file)
        from line in File.ReadLines(file).Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(local, StringComparison.Ordinal)
        select $"socket:[{fields[9]}]";

    private static bool Holds(string process, HashSet<string> sockets)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
        {
            return false;
        }

        try
        {
            return Directory.EnumerateFiles($"{process}/fd").Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
