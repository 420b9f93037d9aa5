using System.Globalization;

namespace Platform.Benchmarks.Startup;

/// <summary>What to measure.</summary>
/// <param name="Configuration"><c>Release</c> (the default) or <c>Debug</c>.</param>
/// <param name="Runs">How often, 5 by default.</param>
/// <param name="FirstRun">Measure the first run of an empty clone instead, with empty package caches.</param>
internal sealed record BenchmarkSettings(string Configuration, int Runs, bool FirstRun)
{
    public const string Help = "Startup [--configuration Release|Debug] [--runs N] [--first-run]";
    private const int MostRuns = 50;

    /// <summary>The time for everything; a run takes some 20 s.</summary>
    public TimeSpan Deadline => FirstRun ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(3 + Runs);

    /// <summary>Null where the command line is not understood.</summary>
    public static BenchmarkSettings? Parse(string[] arguments) => Parse(new BenchmarkSettings("Release", Runs: 5, FirstRun: false), arguments);

    private static BenchmarkSettings? Parse(BenchmarkSettings settings, string[] arguments) => arguments switch
    {
        [] => settings,
        ["--first-run", .. var rest] => Parse(settings with { FirstRun = true }, rest),
        ["--configuration", "Release" or "Debug", .. var rest] => Parse(settings with { Configuration = arguments[1] }, rest),
        ["--runs", var number, .. var rest] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs is > 0 and <= MostRuns =>
            Parse(settings with { Runs = runs }, rest),
        _ => null,
    };
}
