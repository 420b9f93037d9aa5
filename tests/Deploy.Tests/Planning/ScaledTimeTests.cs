using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Tests.Planning;

public sealed class ScaledTimeTests
{
    private readonly FakeTimeProvider _real = new(World.Now);

    [Fact]
    public void A_minute_is_over_in_a_second_at_factor_60()
    {
        var scaled = new ScaledTime(_real, 60);
        var started = scaled.GetTimestamp();
        var waiting = Task.Delay(TimeSpan.FromMinutes(1), scaled, TestContext.Current.CancellationToken);

        _real.Advance(TimeSpan.FromMilliseconds(999));
        var before = waiting.IsCompleted;
        _real.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((false, true), (before, waiting.IsCompleted));
        Assert.Equal(World.Now.AddMinutes(1), scaled.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), scaled.GetElapsedTime(started));
    }
}
