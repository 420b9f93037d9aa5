namespace Platform.WebApp.Traffic;

/// <summary>A histogram of durations from 0.1 ms to a minute, each bucket √2 times as wide as the one before: a quantile is right within a fifth.</summary>
internal sealed class LatencyBuckets
{
    private const int Count = 40;
    private const double FirstBoundMs = 0.1;
    private readonly int[] _counts = new int[Count];

    public void Record(TimeSpan duration) => Interlocked.Increment(ref _counts[IndexOf(duration.TotalMilliseconds)]);

    public void Clear() => Array.Clear(_counts);

    public void Add(LatencyBuckets other)
    {
        for (var index = 0; index < Count; index++)
        {
            _counts[index] += Volatile.Read(ref other._counts[index]);
        }
    }

    /// <summary>The duration that this share of all recorded ones does not exceed; null where none was recorded.</summary>
    public TimeSpan? Quantile(double share)
    {
        var wanted = share * _counts.Sum();
        if (wanted <= 0)
        {
            return null;
        }

        var seen = 0;
        for (var index = 0; index < Count; index++)
        {
            if (_counts[index] > 0 && seen + _counts[index] >= wanted)
            {
                var lower = index == 0 ? 0 : UpperBoundMs(index - 1);
                var within = (wanted - seen) / _counts[index];
                return TimeSpan.FromMilliseconds(lower + (within * (UpperBoundMs(index) - lower)));
            }

            seen += _counts[index];
        }

        return TimeSpan.FromMilliseconds(UpperBoundMs(Count - 1));
    }

    private static double UpperBoundMs(int index) => FirstBoundMs * Math.Pow(2, index / 2.0);

    private static int IndexOf(double milliseconds) => milliseconds <= FirstBoundMs
        ? 0
        : Math.Min(Count - 1, (int)Math.Ceiling(2 * Math.Log2(milliseconds / FirstBoundMs)));
}
