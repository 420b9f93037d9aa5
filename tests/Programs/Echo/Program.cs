// Answers every HTTP request on PORT with NAME; a request for /exit/3 ends it with code 3.
using System.Globalization;
using System.Net;
using System.Net.Sockets;

var name = Environment.GetEnvironmentVariable("NAME");
using var listener = new TcpListener(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "0", CultureInfo.InvariantCulture));
listener.Start();
Console.WriteLine($"{name} listens");
while (true)
{
    using var client = await listener.AcceptTcpClientAsync();
    using var reader = new StreamReader(client.GetStream());
    var request = await reader.ReadLineAsync() ?? "";
    while (await reader.ReadLineAsync() is { Length: > 0 })
    {
    }

    if (request.Split('/', ' ') is [_, _, "exit", var code, ..])
    {
        return int.Parse(code, CultureInfo.InvariantCulture);
    }

    using var writer = new StreamWriter(client.GetStream());
    await writer.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{name}");
}
