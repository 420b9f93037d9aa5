// A service that does what its caller asks for: GET /who, /env, /args, /health, /sick, /well, /say/out/TEXT, /say/err/TEXT, /exit/CODE.
// Starts in a tenth of the time that a web application needs.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
{
    Console.WriteLine("asked to stop");
    Environment.Exit(0);
});
var port = Environment.GetEnvironmentVariable("PORT") ?? new Uri(Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://localhost:0").Port.ToString(CultureInfo.InvariantCulture);
using var listener = new TcpListener(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
listener.Start();
Console.WriteLine("out: it listens");
await Console.Error.WriteLineAsync("err: it listens");
var healthy = Environment.GetEnvironmentVariable("SICK") is null;
while (true)
{
    using var client = await listener.AcceptTcpClientAsync();
    using var reader = new StreamReader(client.GetStream());
    var request = await reader.ReadLineAsync() ?? "";
    while (await reader.ReadLineAsync() is { Length: > 0 })
    {
    }

    var (status, answer) = await AnswerAsync(request.Split(' ').ElementAtOrDefault(1)?.Trim('/').Split('/') ?? []);
    using var writer = new StreamWriter(client.GetStream());
    await writer.WriteAsync($"HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{JsonSerializer.Serialize(answer)}");
}

async Task<(int Status, object Answer)> AnswerAsync(string[] path)
{
    switch (path)
    {
        case ["who"]:
            return (200, Environment.ProcessId);
        case ["env"]:
            return (200, Environment.GetEnvironmentVariables());
        case ["args"]:
            return (200, args);
        case ["health"]:
            return (healthy ? 200 : 503, healthy);
        case ["sick"] or ["well"]:
            healthy = path[0] == "well";
            return (200, healthy);
        case ["say", var stream, var text]:
            await (stream == "err" ? Console.Error : Console.Out).WriteLineAsync(Uri.UnescapeDataString(text));
            return (200, text);
        case ["exit", var code]:
            Environment.Exit(int.Parse(code, CultureInfo.InvariantCulture));
            return (200, code);
        default:
            return (404, "");
    }
}
