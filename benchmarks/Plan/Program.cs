using System.Globalization;
using Platform.Benchmarks;
using Platform.Benchmarks.Plan;

// How long 'platform aws plan' takes, whole process, against a simulated account in another process: where nothing changes (wanted: 1.5 s, 200 MiB),
// where one setting does, and of an account that is empty.
var runs = args is ["--runs", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted > 0 ? wanted : 5;
if (args.Length > 0 && args is not ["--runs", _])
{
    await Console.Error.WriteLineAsync("Plan [--runs N]");
    return 2;
}

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(15));
using var tool = new BuiltTool();
Console.WriteLine($"Building the tool, compiled ahead where it can be; load {MachineLoad.Now()}");
await tool.BuildAsync(deadline.Token);
await using var account = await PlannedAccount.StartAsync(tool, deadline.Token);
Console.WriteLine($"\nplatform aws plan, whole process, {Environment.ProcessorCount} processors, median of {runs}, load {MachineLoad.Now()}\n");
Console.WriteLine($"{"",-22}  {"wanted, s",9}  {"s",6}  {"CPU, s",6}  {"peak MiB",8}  all");
await MeasureAsync("empty account", "", ["plan"]);
await account.RunAsync(["deploy", "--yes", "--without-images"], deadline.Token);
await MeasureAsync("nothing changes", "1.50", ["plan"]);
await MeasureAsync("one setting changes", "", ["plan", "--set", "operations.logRetentionDays=14"]);
return 0;

async Task MeasureAsync(string what, string limit, string[] words)
{
    var all = new List<ProcessFigures>();
    for (var run = 0; run < runs; run++)
    {
        all.Add(await account.RunAsync(words, deadline.Token));
    }

    var walls = all.Select(run => run.Wall.TotalSeconds).Order().ToList();
    var processors = all.Select(run => run.Processor.TotalSeconds).Order().ToList();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-22}  {limit,9}  {walls[runs / 2],6:0.00}  {processors[runs / 2],6:0.00}  {all.Max(run => run.PeakMiB),8:0}  {string.Join(' ', all.Select(run => run.Wall.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)))}"));
}
