using Microsoft.Extensions.Time.Testing;
using Platform.WebApp.Traffic;

namespace Platform.WebApp.Tests.App;

public sealed class RequestHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private readonly RequestHistory _history;

    public RequestHistoryTests() => _history = new RequestHistory(_time);

    [Fact]
    public void A_new_history_is_ten_empty_minutes()
    {
        var report = _history.Read();

        Assert.Equal((60, TimeSpan.FromSeconds(10), 0, 0, 0.0), (report.Slots.Length, report.SlotLength, report.Requests, report.Failures, report.RequestsPerSecond));
        Assert.Equal((Start.AddSeconds(-590), Start), (report.Slots[0].Start, report.Slots[^1].Start));
        Assert.Null(report.Median);
    }

    [Fact]
    public void A_request_is_in_the_slot_of_its_time()
    {
        _time.Advance(TimeSpan.FromSeconds(25));
        _history.Record(TimeSpan.FromMilliseconds(1), 200);
        _history.Record(TimeSpan.FromMilliseconds(1), 503);
        _time.Advance(TimeSpan.FromSeconds(10));

        var slot = _history.Read().Slots[^2];

        Assert.Equal((Start.AddSeconds(20), 2, 1), (slot.Start, slot.Requests, slot.Failures));
    }

    [Fact]
    public void The_rate_is_that_of_the_last_minute()
    {
        _history.Record(TimeSpan.FromMilliseconds(1), 200);
        _time.Advance(TimeSpan.FromSeconds(120));
        for (var request = 0; request < 100; request++)
        {
            _history.Record(TimeSpan.FromMilliseconds(1), 200);
        }

        var report = _history.Read();

        Assert.Equal((101, 2.0), (report.Requests, report.RequestsPerSecond));
    }

    [Fact]
    public void What_is_older_than_ten_minutes_is_forgotten()
    {
        _history.Record(TimeSpan.FromMilliseconds(1), 200);
        _time.Advance(TimeSpan.FromMinutes(10));
        _history.Record(TimeSpan.FromMilliseconds(1), 200);

        Assert.Equal(1, _history.Read().Requests);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(3)]
    [InlineData(120)]
    [InlineData(4000)]
    public void A_quantile_is_right_within_its_bucket(double milliseconds)
    {
        var buckets = new LatencyBuckets();
        for (var request = 0; request < 100; request++)
        {
            buckets.Record(TimeSpan.FromMilliseconds(request < 90 ? milliseconds : 60_000));
        }

        var median = buckets.Quantile(0.5)!.Value.TotalMilliseconds;

        Assert.InRange(median, milliseconds / 1.5, milliseconds * 1.5);
        Assert.InRange(buckets.Quantile(0.95)!.Value.TotalSeconds, 40, 90);
    }
}
