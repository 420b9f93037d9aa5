using System.Collections.Immutable;

namespace Platform.WebApp.Traffic;

/// <summary>Counts the requests of the last ten minutes in slots of ten seconds, in memory of a fixed size.</summary>
internal sealed class RequestHistory
{
    public static readonly TimeSpan SlotLength = TimeSpan.FromSeconds(10);
    public const int SlotCount = 60;
    private const int SlotsOfAMinute = 6;

    private readonly Slot[] _slots = [.. Enumerable.Range(0, SlotCount).Select(_ => new Slot())];
    private readonly Lock _turning = new();
    private readonly TimeProvider _time;
    private readonly long _started;

    public RequestHistory(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
    }

    public void Record(TimeSpan duration, int statusCode)
    {
        var number = SlotNumber(_time.GetElapsedTime(_started));
        var slot = _slots[number % SlotCount];
        if (Volatile.Read(ref slot.Number) != number)
        {
            Turn(slot, number);
        }

        slot.Latency.Record(duration);
        Interlocked.Increment(ref slot.Requests);
        if (statusCode >= StatusCodes.Status500InternalServerError)
        {
            Interlocked.Increment(ref slot.Failures);
        }
    }

    public TrafficReport Read()
    {
        var elapsed = _time.GetElapsedTime(_started);
        var now = _time.GetUtcNow();
        var current = SlotNumber(elapsed);
        var all = new LatencyBuckets();
        var slots = ImmutableArray.CreateBuilder<TrafficSlot>(SlotCount);
        for (var number = current - SlotCount + 1; number <= current; number++)
        {
            var start = now - (elapsed - (number * SlotLength));
            var slot = _slots[(number + SlotCount) % SlotCount];
            if (Volatile.Read(ref slot.Number) != number)
            {
                slots.Add(new TrafficSlot(start, 0, 0, null, null));
                continue;
            }

            all.Add(slot.Latency);
            slots.Add(new TrafficSlot(start, slot.Requests, slot.Failures, slot.Latency.Quantile(0.5), slot.Latency.Quantile(0.95)));
        }

        var lastMinute = elapsed - (Math.Max(0, current - SlotsOfAMinute + 1) * SlotLength);
        return new TrafficReport(
            SlotLength,
            slots.ToImmutable(),
            slots.TakeLast(SlotsOfAMinute).Sum(slot => slot.Requests) / Math.Max(1, lastMinute.TotalSeconds),
            slots.Sum(slot => slot.Requests),
            slots.Sum(slot => slot.Failures),
            all.Quantile(0.5),
            all.Quantile(0.95));
    }

    private static int SlotNumber(TimeSpan elapsed) => (int)(elapsed / SlotLength);

    private void Turn(Slot slot, int number)
    {
        lock (_turning)
        {
            if (slot.Number == number)
            {
                return;
            }

            slot.Latency.Clear();
            slot.Requests = 0;
            slot.Failures = 0;
            Volatile.Write(ref slot.Number, number);
        }
    }

    private sealed class Slot
    {
        public readonly LatencyBuckets Latency = new();
        public int Number = -1;
        public int Requests;
        public int Failures;
    }
}
