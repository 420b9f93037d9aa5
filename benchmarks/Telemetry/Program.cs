using Platform.Benchmarks;
using Platform.Benchmarks.Telemetry;

// What telemetry costs the web application: CPU time per request of its process with metrics and a tenth of the traces, against the same endpoint with
// the OpenTelemetry SDK switched off. Rounds alternate, so that what else the machine does meets both alike; CPU time does not grow with waiting.
const int Rounds = 6;
const string Endpoint = "/api/status";
var warmUp = TimeSpan.FromSeconds(2);
var round = TimeSpan.FromSeconds(2.5);
using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(58));

await using var sink = await OtlpSink.StartAsync(deadline.Token);
using var bare = await MeasuredServer.StartAsync("without telemetry", [("OTEL_SDK_DISABLED", "true")], deadline.Token);
using var full = await MeasuredServer.StartAsync(
    "metrics, 10 % traces",
    [("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "5000")],
    deadline.Token);
MeasuredServer[] servers = [bare, full];

foreach (var server in servers)
{
    await server.LoadAsync(Endpoint, warmUp, deadline.Token);
    server.Forget();
}

Console.WriteLine($"GET {Endpoint}, {Rounds} rounds of {round.TotalSeconds} s each, load {MachineLoad.Now()} on {Environment.ProcessorCount} processors");
for (var number = 0; number < Rounds; number++)
{
    foreach (var server in number % 2 == 0 ? servers : [.. servers.Reverse()])
    {
        await server.LoadAsync(Endpoint, round, deadline.Token);
    }
}

foreach (var server in servers)
{
    Console.WriteLine($"{server.Name,-22} {server.MedianMicroseconds,6:0.0} us CPU a request ({server.Spread}), {server.Requests} requests");
}

var ratio = full.MedianMicroseconds / bare.MedianMicroseconds;
Console.WriteLine($"ratio {ratio:0.00} (goal: at most 1.40), {sink.Messages} OTLP messages taken, load {MachineLoad.Now()}");
