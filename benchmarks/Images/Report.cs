using System.Globalization;
using System.Text;

namespace Platform.Benchmarks.Images;

internal enum Measured
{
    PublishUnchanged,
    PushUnchanged,
    SdkUnchanged,
    PublishChanged,
    PushChanged,
    SdkChanged,
    PushBig,
}

/// <summary>The tables of all runs.</summary>
internal sealed class Report(int runs)
{
    private const double QuietLoad = 0.5;
    private readonly double? _load = MachineLoad.Number();
    private readonly SortedDictionary<Measured, List<Turn>> _turns = [];

    public void Add(Measured what, Turn turn)
    {
        if (!_turns.TryGetValue(what, out var all))
        {
            _turns.Add(what, all = []);
        }

        all.Add(turn);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"\nplatform images push, two architectures, one project, whole processes, {Environment.ProcessorCount} processors, median of {runs}, load before {_load:0.0}\n\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"{"",-34}  {"s",6}  {"CPU, s",6}  {"kB sent",8}  all, s\n");
        foreach (var (what, turns) in _turns)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{Words(what),-34}  {Seconds(what),6:0.00}  {Processor(what),6:0.00}  {Sent(what) / 1e3,8:0.0}  {string.Join(' ', turns.Select(turn => turn.Figures.Wall.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)))}\n");
        }

        _ = text.Append(CultureInfo.InvariantCulture, $"\nabove publishing, unchanged    {Seconds(Measured.PushUnchanged) - Seconds(Measured.PublishUnchanged),6:0.00} s   (wanted: 0.30), {Processor(Measured.PushUnchanged) - Processor(Measured.PublishUnchanged):0.00} s of CPU\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"above publishing, one line     {Seconds(Measured.PushChanged) - Seconds(Measured.PublishChanged),6:0.00} s   (wanted: 0.50), {Processor(Measured.PushChanged) - Processor(Measured.PublishChanged):0.00} s of CPU\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"faster than the SDK, one line  {Seconds(Measured.SdkChanged) / Seconds(Measured.PushChanged),6:0.00} x   (wanted: 1.50), {Processor(Measured.SdkChanged) / Processor(Measured.PushChanged):0.00} x in CPU, and {Sent(Measured.SdkChanged) / Math.Max(1, Sent(Measured.PushChanged)):0.0} x fewer bytes\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"peak memory, 500 MB of files   {_turns[Measured.PushBig].Max(turn => turn.Figures.PeakMiB),6:0} MiB (wanted: 143, which is 150 MB)\n");
        if (_load > QuietLoad)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"\nThe machine was busy (load above {QuietLoad}): the times are not comparable with those of another day.\n");
        }

        return text.ToString();
    }

    private static string Words(Measured what) => what switch
    {
        Measured.PublishUnchanged => "publishing alone, unchanged",
        Measured.PushUnchanged => "images push, unchanged",
        Measured.SdkUnchanged => "dotnet PublishContainer, unchanged",
        Measured.PublishChanged => "publishing alone, one line changed",
        Measured.PushChanged => "images push, one line changed",
        Measured.SdkChanged => "PublishContainer, one line changed",
        _ => "images push, 500 MB of files",
    };

    private double Seconds(Measured what) => Median(what, turn => turn.Figures.Wall.TotalSeconds);

    private double Processor(Measured what) => Median(what, turn => turn.Processor.TotalSeconds);

    private double Sent(Measured what) => Median(what, turn => turn.Sent);

    private double Median(Measured what, Func<Turn, double> figure) => _turns[what].Select(figure).Order().ElementAt(_turns[what].Count / 2);
}
