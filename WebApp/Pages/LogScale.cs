namespace Platform.WebApp.Pages;

/// <summary>Where a latency stands between a bottom and a top that are powers of ten: the first request of a process takes a thousand times as long as the
/// next, and on an even scale nothing else would be seen.</summary>
internal sealed record LogScale
{
    private const double BottomMs = 0.01;
    private readonly int _decades;

    private LogScale(int decades) => _decades = decades;

    public TimeSpan Top => TimeSpan.FromMilliseconds(BottomMs * Math.Pow(10, _decades));

    public static LogScale UpTo(TimeSpan? highest) => new(Math.Max(1, (int)Math.Ceiling(Decades(highest))));

    /// <summary>0 at the bottom and for nothing at all, 1 at the top.</summary>
    public double Height(TimeSpan? latency) => Math.Clamp(Decades(latency) / _decades, 0, 1);

    /// <summary>The heights of the powers of ten between bottom and top.</summary>
    public double[] Decades() => [.. Enumerable.Range(1, _decades - 1).Select(decade => (double)decade / _decades)];

    private static double Decades(TimeSpan? latency) => latency is { TotalMilliseconds: > BottomMs } some ? Math.Log10(some.TotalMilliseconds / BottomMs) : 0;
}
