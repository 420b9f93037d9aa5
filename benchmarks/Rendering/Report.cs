using System.Globalization;
using System.Text;

namespace Platform.Benchmarks.Rendering;

/// <summary>The table of all runs.</summary>
internal sealed class Report(int runs)
{
    private const double QuietLoad = 0.5;
    private readonly double? _load = MachineLoad.Number();
    private readonly SortedDictionary<int, List<ProcessFigures>> _figures = [];
    private readonly SortedDictionary<int, ProcessFigures> _kustomize = [];

    public TimeSpan InProcess { get; set; }

    public void Add(int services, ProcessFigures figures)
    {
        if (!_figures.TryGetValue(services, out var all))
        {
            _figures.Add(services, all = []);
        }

        all.Add(figures);
    }

    public void AddKustomize(int services, ProcessFigures figures) => _kustomize.Add(services, figures);

    public override string ToString()
    {
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"\nplatform render, whole process, {Environment.ProcessorCount} processors, median of {runs}, load before {_load:0.0}\n\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"{"services",8}  {"wanted, s",9}  {"s",6}  {"CPU, s",6}  {"peak MiB",8}  {"kubectl kustomize, s",20}  all\n");
        foreach (var (services, all) in _figures)
        {
            var wanted = services switch { 1 => "0.35", 1000 => "2.00", _ => "" };
            var kustomize = _kustomize.TryGetValue(services, out var built) ? built.Wall.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) : "";
            _ = text.Append(
                CultureInfo.InvariantCulture,
                $"{services,8}  {wanted,9}  {Wall(services),6:0.00}  {Processor(services),6:0.00}  {all.Max(run => run.PeakMiB),8:0}  {kustomize,20}  {string.Join(' ', all.Select(run => run.Wall.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)))}\n");
        }

        _ = text.Append(CultureInfo.InvariantCulture, $"\ngrowth above the start, exponent of processor time: 10 to 100 services {Exponent(10, 100):0.00}, 100 to 1000 services {Exponent(100, 1000):0.00}\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"in process, 1 service, warm: {InProcess.TotalMilliseconds:0.0} ms (wanted: 20)\n");
        if (_load > QuietLoad)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"\nThe machine was busy (load above {QuietLoad}): the times are not comparable with those of another day.\n");
        }

        return text.ToString();
    }

    private double Wall(int services) => Median(services, run => run.Wall.TotalSeconds);

    private double Processor(int services) => Median(services, run => run.Processor.TotalSeconds);

    private double Median(int services, Func<ProcessFigures, double> figure) => _figures[services].Select(figure).Order().ElementAt(_figures[services].Count / 2);

    private double Exponent(int from, int to) => Math.Log10((Processor(to) - Processor(1)) / (Processor(from) - Processor(1))) / Math.Log10((double)to / from);
}
