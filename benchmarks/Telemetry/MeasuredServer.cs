using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Platform.Benchmarks.Telemetry;

/// <summary>The built web application in a process of its own, under load, with the CPU time that its process took.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private const string Listening = "Now listening on: ";
    private const int Connections = 4;
    private const int ResponseBuffer = 16 * 1024;
    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(1);
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Process _process;
    private readonly Uri _address;
    private readonly List<double> _microseconds = [];
    private readonly HttpClient _scraper = new();

    private MeasuredServer(string name, Process process, Uri address)
    {
        Name = name;
        _process = process;
        _address = address;
    }

    public string Name { get; }

    public long Requests { get; private set; }

    public double MedianMicroseconds => _microseconds.Order().ElementAt(_microseconds.Count / 2);

    public string Spread => $"{_microseconds.Min():0.0} to {_microseconds.Max():0.0}";

    public static async Task<MeasuredServer> StartAsync(string name, (string Name, string Value)[] environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WebApp.dll")]) { RedirectStandardOutput = true };
        (string Name, string Value)[] common = [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("RATE_LIMIT_PER_SECOND", "0")];
        foreach (var (variable, value) in common.Concat(environment))
        {
            start.Environment[variable] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        try
        {
            return new MeasuredServer(name, process, await AddressAsync(process.StandardOutput, cancellationToken));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Asks again and again on a few kept connections, and scrapes the metrics every second as Prometheus would.</summary>
    public async Task LoadAsync(string path, TimeSpan duration, CancellationToken cancellationToken)
    {
        _process.Refresh();
        var before = _process.TotalProcessorTime;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(duration);
        var scraping = ScrapeAsync(end.Token);
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => AskAsync(path, end.Token, cancellationToken)));
        await scraping;

        _process.Refresh();
        var requests = counts.Sum();
        Requests += requests;
        _microseconds.Add((_process.TotalProcessorTime - before).TotalMicroseconds / requests);
    }

    public void Forget()
    {
        _microseconds.Clear();
        Requests = 0;
    }

    public void Dispose()
    {
        _scraper.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private static async Task<Uri> AddressAsync(StreamReader output, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(Listening, StringComparison.Ordinal))
            {
                return new Uri(line.Split(Listening)[1].Trim());
            }
        }

        throw new InvalidOperationException("The web application ended before it listened.");
    }

    private async Task<long> AskAsync(string path, CancellationToken end, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(_address.Host, _address.Port, cancellationToken);
        var stream = client.GetStream();
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_address.Authority}\r\n\r\n");
        var buffer = new byte[ResponseBuffer];
        var count = 0L;
        while (!end.IsCancellationRequested)
        {
            await stream.WriteAsync(request, cancellationToken);
            await ReadResponseAsync(stream, buffer, cancellationToken);
            count++;
        }

        return count;
    }

    /// <remarks>The answer is chunked: it ends with an empty chunk.</remarks>
    private static async Task ReadResponseAsync(NetworkStream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith(LastChunk))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read > 0 ? read : throw new IOException("The server closed the connection.");
        }

        if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.ASCII.GetString(buffer, 0, length));
        }
    }

    private async Task ScrapeAsync(CancellationToken end)
    {
        try
        {
            while (true)
            {
                await _scraper.GetByteArrayAsync(new Uri(_address, "/metrics"), end);
                await Task.Delay(ScrapeInterval, end);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
