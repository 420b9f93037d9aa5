using Platform.Deploy.Apply;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Apply;

public sealed class StepGraphTests
{
    private readonly Recorded _recorded = new();

    [Fact]
    public async Task A_step_begins_when_what_it_needs_is_done()
    {
        var other = new TaskCompletionSource();

        await new StepGraph(_recorded).RunAsync(
            [
                Work("cluster", ["network", "identity"], () => Task.CompletedTask),
                Work("network", [], () => other.Task),
                Work("identity", [], () =>
                {
                    other.SetResult();
                    return Task.CompletedTask;
                }),
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal("started cluster", _recorded.Lines[^2]);
        Assert.Equal(["Done cluster", "Done identity", "Done network"], _recorded.Lines.Where(line => line.StartsWith("Done", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_failure_stops_the_others_and_what_waits_for_it_is_not_begun()
    {
        var problem = new Problem("DEP452", "It failed.", "Run again.", ExitCode.ApplyFailed);

        var failed = await Assert.ThrowsAsync<DeployException>(() => new StepGraph(_recorded).RunAsync(
            [
                new StepWork(new RunStep("slow", "slow", null), [], async token =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return StepResult.Unchanged;
                }),
                Work("broken", [], () => throw new DeployException(problem)),
                Work("after", ["broken"], () => Task.CompletedTask),
            ],
            TestContext.Current.CancellationToken));

        Assert.Equal([problem], failed.Problems);
        Assert.Equal(["abandoned after", "abandoned slow"], _recorded.Lines.Where(line => line.StartsWith("abandoned", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static StepWork Work(string id, string[] needs, Func<Task> doAsync) => new(new RunStep(id, id, null), [.. needs], async _ =>
    {
        await doAsync();
        return new StepResult(StepOutcome.Done, "");
    });
}
