using System.Collections.Concurrent;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>A run that dies after any of its calls is gone on with by the next one, to the same end.</summary>
public sealed class KillTests
{
    private static readonly ParallelOptions SomeAtOnce = new() { MaxDegreeOfParallelism = 4 };

    [Fact]
    public async Task A_deployment_that_dies_after_any_call_is_completed_by_the_next()
    {
        await using var whole = await KilledRun.InAsync();
        var calls = await whole.DeployAsync();
        var wanted = await whole.InventoryAsync();

        var wrong = await AfterEachAsync(calls, async kill =>
        {
            await using var account = await KilledRun.InAsync();
            await account.DeployAsync(kill);
            await account.DeployAsync();
            return await account.InventoryAsync();
        }, wanted);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_destruction_that_dies_after_any_call_is_completed_by_the_next()
    {
        await using var whole = await KilledRun.InAsync();
        await whole.DeployAsync();
        var calls = await whole.DestroyAsync();
        var wanted = await whole.InventoryAsync();

        var wrong = await AfterEachAsync(calls, async kill =>
        {
            await using var account = await KilledRun.InAsync();
            await account.DeployAsync();
            await account.DestroyAsync(kill);
            await account.DestroyAsync();
            return await account.InventoryAsync();
        }, wanted);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<IReadOnlyList<string>> AfterEachAsync(int? calls, Func<int, Task<string>> runAsync, string wanted)
    {
        Assert.InRange(calls ?? 0, 30, 2_000);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, calls ?? 0), SomeAtOnce, async (kill, _) =>
        {
            try
            {
                var found = await runAsync(kill);
                if (found != wanted)
                {
                    string[] lines = found.Split('\n'), others = wanted.Split('\n');
                    wrong.Add($"After call {kill} there is {string.Join(", ", lines.Except(others))}, and not {string.Join(", ", others.Except(lines))}: {lines.Length} of {others.Length} lines.");
                }
            }
            catch (TimeoutException late)
            {
                wrong.Add($"After call {kill} {late.Message}");
            }
            catch (Problems.DeployException failed)
            {
                wrong.Add($"After call {kill}: {failed.Message} {failed.Problems[0].Detail}");
            }
        });
        return [.. wrong];
    }
}
