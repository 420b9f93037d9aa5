using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Deploy.Simulated.Tests.Fixtures;

/// <summary>The simulator as a process of its own.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _http;

    private SimulatorProcess(Process process, IReadOnlyDictionary<string, string> exports)
    {
        _process = process;
        Exports = exports;
        _http = new HttpClient { BaseAddress = new Uri(exports["AWS_ENDPOINT_URL"]), Timeout = Limit };
    }

    /// <summary>Variables with which other programs find it.</summary>
    public IReadOnlyDictionary<string, string> Exports { get; }

    public static async Task<SimulatorProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        // Else each that is killed leaves its debugger's pipes in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Platform.Simulator.dll"), "--port", "0", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The simulator does not start.");
        var exports = new Dictionary<string, string>(StringComparer.Ordinal);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!exports.ContainsKey("PLATFORM_CLOCK_SPEED"))
        {
            if (await process.StandardOutput.ReadLineAsync(limit.Token) is not { } line)
            {
                throw new InvalidOperationException($"The simulator ended: {await process.StandardError.ReadToEndAsync(limit.Token)}");
            }

            if (line.Split(' ', 2) is ["export", var pair] && pair.Split('=', 2) is [var name, var value])
            {
                exports[name] = value;
            }
        }

        return new SimulatorProcess(process, exports);
    }

    /// <summary>Types and names of what is in the account, sorted.</summary>
    public async Task<IReadOnlyList<string>> InventoryAsync()
    {
        var resources = JsonNode.Parse(await _http.GetStringAsync("/_simulator/inventory", TestContext.Current.CancellationToken))!.AsArray();
        return [.. resources.Select(resource => $"{resource!["type"]} {resource["logicalId"] ?? "-"} {resource["stackId"]?.ToString().Split('/')[1] ?? "-"}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Service and operation of each call so far.</summary>
    public async Task<IReadOnlyList<string>> CallsAsync() =>
        [.. JsonNode.Parse(await _http.GetStringAsync("/_simulator/calls", TestContext.Current.CancellationToken))!.AsArray().Select(call => call!.ToString())];

    public async Task FaultAsync(params string[] rules)
    {
        using var content = new StringContent(string.Join('\n', rules));
        using var answer = await _http.PostAsync("/_simulator/faults", content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task NoFaultsAsync()
    {
        using var answer = await _http.DeleteAsync("/_simulator/faults", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ends it in order, so that its state is written; not on Windows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited && !OperatingSystem.IsWindows())
        {
            // In order: a process that is killed leaves its folder of blobs.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await StopAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // It still answers somebody.
            }
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
