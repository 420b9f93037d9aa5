using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests;

public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_pause_at_the_highest_speed_moves_the_clock_to_its_end()
    {
        using var clock = new VirtualClock(ClockSpeed.Max, Start);

        await Task.Delay(TimeSpan.FromSeconds(30), clock, TestContext.Current.CancellationToken);

        Assert.Equal(Start.AddSeconds(30), clock.GetUtcNow());
    }

    [Fact]
    public async Task Pauses_end_in_the_order_of_their_ends()
    {
        using var clock = new VirtualClock(ClockSpeed.Max, Start);
        var ended = new List<int>();
        async Task PauseAsync(int seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock, TestContext.Current.CancellationToken);
            lock (ended)
            {
                ended.Add(seconds);
            }
        }

        await Task.WhenAll(PauseAsync(50), PauseAsync(5), PauseAsync(20));

        Assert.Equal([5, 20, 50], ended);
    }

    [Fact]
    public async Task A_limit_does_not_move_the_clock()
    {
        using var clock = new VirtualClock(ClockSpeed.Max, Start);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(20), clock);

        await Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);

        Assert.Equal((Start.AddMinutes(1), false), (clock.GetUtcNow(), limit.IsCancellationRequested));
    }

    [Fact]
    public async Task What_repeats_by_itself_does_not_move_the_clock()
    {
        using var clock = new VirtualClock(ClockSpeed.Max, Start);
        using var renewals = new PeriodicTimer(TimeSpan.FromSeconds(30), clock);
        var renewal = renewals.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();

        await Task.Delay(TimeSpan.FromSeconds(29), clock, TestContext.Current.CancellationToken);
        var before = renewal.IsCompleted;
        await Task.Delay(TimeSpan.FromSeconds(1), clock, TestContext.Current.CancellationToken);

        Assert.Equal((false, true, Start.AddSeconds(30)), (before, await renewal, clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_limit_is_reached_when_the_clock_has_moved_past_it()
    {
        using var clock = new VirtualClock(ClockSpeed.Max, Start);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(20), clock);

        clock.MoveTo(Start.AddMinutes(21));

        await Assert.ThrowsAsync<TaskCanceledException>(() => Task.Delay(Timeout.Infinite, limit.Token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_a_factor_a_pause_is_so_much_shorter()
    {
        using var clock = new VirtualClock(ClockSpeed.Times(1_000), Start);

        await Task.Delay(TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken);

        Assert.True(clock.GetUtcNow() >= Start.AddSeconds(10) && clock.GetElapsedTime(0) >= TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("60", 60d)]
    [InlineData("0.5", 0.5)]
    [InlineData("max", 1_000d)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("fast", null)]
    public void A_speed_is_a_factor_or_max(string text, double? factor)
    {
        var speed = ClockSpeed.Parse(text);

        Assert.Equal(factor, speed?.FactorForOthers);
    }
}
