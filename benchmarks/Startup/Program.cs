using Platform.Benchmarks;
using Platform.Benchmarks.Startup;

// How long the application takes to start and to stop, and what it costs, from the start of the process. Times mean little on a busy machine;
// processor time does not grow with waiting and is comparable a little longer.
if (BenchmarkSettings.Parse(args) is not { } settings)
{
    await Console.Error.WriteLineAsync(BenchmarkSettings.Help);
    return 2;
}

if (!OperatingSystem.IsLinux())
{
    Console.WriteLine("Skipped: the processes of a run are found through /proc, which only Linux has.");
    return 0;
}

using var deadline = new CancellationTokenSource(settings.Deadline);
var checkout = Checkout.Find();
try
{
    if (settings.FirstRun)
    {
        Console.WriteLine(await FirstRun.MeasureAsync(checkout, deadline.Token));
        return 0;
    }

    Console.WriteLine($"Building AppHost ({settings.Configuration})");
    await checkout.BuildAsync(settings.Configuration, deadline.Token);
    await checkout.BuildAsync("Debug", deadline.Token);
    var report = new Report(settings);
    for (var number = 1; number <= settings.Runs; number++)
    {
        var load = MachineLoad.Number();
        Console.WriteLine($"run {number} of {settings.Runs}, load {load:0.0}");
        report.Add(load, await HostMeasurement.MeasureAsync(checkout.Start(settings.Configuration), deadline.Token));
        report.AddPublish(await Publishing.MeasureAsync(checkout, settings.Configuration, deadline.Token));
        report.AddDotnetRun(await DotnetRun.MeasureAsync(checkout, deadline.Token));
    }

    Console.WriteLine(report.ToString());
    return 0;
}
catch (BenchmarkException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 4;
}
