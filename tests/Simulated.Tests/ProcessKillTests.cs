using System.Collections.Concurrent;
using System.Globalization;
using Platform.Deploy.Simulated.Tests.Fixtures;
using Platform.Deploy.Tests;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>
/// The same as <see cref="KillTests"/> with real processes and <c>kill -9</c>, at calls that lie evenly over the run: a few of them, or as many as
/// <c>PLATFORM_KILL_POINTS</c> says (<c>make kill</c>: all).
/// </summary>
public sealed class ProcessKillTests : IDisposable
{
    private static readonly string[] Deploy = ["deploy", "--yes"];
    private static readonly string[] Destroy = ["destroy", "--confirm", "shop-dev", "--include-access"];
    private static readonly ParallelOptions SomeAtOnce = new() { MaxDegreeOfParallelism = 3 };
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly int Points = int.TryParse(Environment.GetEnvironmentVariable("PLATFORM_KILL_POINTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var points) ? points : 8;
    private readonly TemporaryFolder _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task A_deployment_whose_process_is_killed_is_completed_by_the_next() =>
        await EachKilledAsync(_accounts.File("none"), Deploy);

    [Fact]
    public async Task A_destruction_whose_process_is_killed_is_completed_by_the_next()
    {
        var deployed = _accounts.File("deployed");
        await using (var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--state", deployed))
        {
            using var shop = new Shop();
            (await shop.RunAsync(simulator, Deploy)).Succeeded();
            await simulator.StopAsync(Token);
        }

        await EachKilledAsync(deployed, Destroy);
    }

    private async Task EachKilledAsync(string account, string[] verb)
    {
        var (calls, wanted) = await WholeAsync(account, verb);
        Assert.InRange(calls, 30, 2_000);
        var points = Enumerable.Range(0, Points).Select(point => 1 + (int)((long)point * (calls - 1) / Math.Max(Points - 1, 1))).Distinct();
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(points, SomeAtOnce, async (kill, _) =>
        {
            var (resumed, found) = await KilledAsync(account, verb, kill);
            if (resumed.ExitCode != 0 || !wanted.SequenceEqual(found))
            {
                wrong.Add($"After call {kill} of {calls} the next run ended with {resumed.ExitCode} {string.Join(' ', resumed.Codes)}; there is {string.Join(", ", found.Except(wanted))} and not {string.Join(", ", wanted.Except(found))}: {found.Count} of {wanted.Count}.\n{resumed.Error}");
            }
        });

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
    }

    private async Task<(int Calls, IReadOnlyList<string> Inventory)> WholeAsync(string account, string[] verb)
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--state", Copy(account, "whole"));
        using var shop = new Shop();
        (await shop.RunAsync(simulator, verb)).Succeeded();
        return ((await simulator.CallsAsync()).Count, await simulator.InventoryAsync());
    }

    private async Task<(Ended Resumed, IReadOnlyList<string> Inventory)> KilledAsync(string account, string[] verb, int kill)
    {
        var number = kill.ToString(CultureInfo.InvariantCulture);
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--state", Copy(account, number), "--fault", $"*#{number}+=hang");
        using var shop = new Shop();
        using var run = shop.Start(simulator, verb);

        // Calls that are made side by side are not always as many: it may have ended before.
        await Eventually.TrueAsync(async _ => run.HasExited || (await simulator.CallsAsync()).Count >= kill, Limit, $"call {number} of '{verb[0]}'");
        run.Kill();
        await run.WaitForExitAsync(Token);
        await simulator.NoFaultsAsync();
        return (await shop.RunAsync(simulator, verb), await simulator.InventoryAsync());
    }

    private string Copy(string account, string name)
    {
        var copy = _accounts.File($"{name}-{Path.GetFileName(account)}");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.Exists(account) ? Directory.EnumerateFiles(account, "*", SearchOption.AllDirectories) : [])
        {
            var target = Path.Combine(copy, Path.GetRelativePath(account, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? copy);
            File.Copy(file, target);
        }

        return copy;
    }
}
