using System.Globalization;
using System.Text;

namespace Platform.Benchmarks.Startup;

/// <summary>The table of all runs.</summary>
internal sealed class Report(BenchmarkSettings settings)
{
    private const double QuietLoad = 0.5;
    private readonly List<(double? Load, HostFigures Figures)> _runs = [];
    private readonly List<TimeSpan> _publish = [];
    private readonly List<DotnetRunFigures> _dotnetRun = [];

    public void Add(double? load, HostFigures figures) => _runs.Add((load, figures));

    public void AddPublish(TimeSpan time) => _publish.Add(time);

    public void AddDotnetRun(DotnetRunFigures figures) => _dotnetRun.Add(figures);

    public override string ToString()
    {
        var text = new StringBuilder();
        _ = text.AppendLine(CultureInfo.InvariantCulture, $"\n{settings.Configuration} build, {Environment.ProcessorCount} processors, {settings.Runs} runs\n");
        _ = text.AppendLine(CultureInfo.InvariantCulture, $"{"figure",-40}  {"wanted",8}  {"median",8}  all");
        Row("load before", "", "0.0", _runs.Select(run => run.Load ?? double.NaN));
        Row("dashboard answers, s", "2.00", "0.00", Runs(run => run.Dashboard.TotalSeconds));
        Row("web app healthy on its public port, s", "2.00", "0.00", Runs(run => run.WebApp.TotalSeconds));
        Row("  CPU until then, host, s", "", "0.00", Runs(run => run.HostSeconds));
        Row("  CPU until then, all processes, s", "", "0.00", Runs(run => run.AllSeconds));
        Row("Ctrl-C to the end of the host, s", "1.50", "0.00", Runs(run => run.Stop.TotalSeconds));
        Row("Ctrl-C to the end of DCP's last process", "", "0.00", Runs(run => run.Last.TotalSeconds));
        Row("publish manifest, whole process, s", "0.30", "0.00", _publish.Select(time => time.TotalSeconds));
        Row("host memory (RSS), MiB", "110", "0", Runs(run => run.ResidentMiB));
        Row("CPU in the 5 s after, all processes, %", "", "0.0", Runs(run => run.IdlePercent));
        Row("dotnet build, nothing to do (Debug), s", "", "0.00", _dotnetRun.Select(run => run.Build.TotalSeconds));
        Row("dotnet run to healthy (Debug), s", "", "0.00", _dotnetRun.Select(run => run.WebApp.TotalSeconds));
        if (_runs.Any(run => run.Load > QuietLoad))
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"\nThe machine was busy (load above {QuietLoad}): the times are not comparable with those of another day.");
        }

        return text.ToString();

        void Row(string name, string wanted, string format, IEnumerable<double> values)
        {
            var all = values.ToList();
            string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"{name,-40}  {wanted,8}  {Text(all.Order().ElementAt(all.Count / 2)),8}  {string.Join(' ', all.Select(Text))}");
        }
    }

    private IEnumerable<double> Runs(Func<HostFigures, double> figure) => _runs.Select(run => figure(run.Figures));
}
