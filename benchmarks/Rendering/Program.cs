using System.Globalization;
using Platform.Benchmarks;
using Platform.Benchmarks.Rendering;

// How long 'platform render' takes, whole process, from a manifest to all artifacts on disk, and how that grows with the number of services.
// Times mean little on a busy machine; processor time is comparable a little longer.
var runs = args is ["--runs", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted > 0 ? wanted : 5;
if (args.Length > 0 && args is not ["--runs", _])
{
    await Console.Error.WriteLineAsync("Rendering [--runs N]");
    return 2;
}

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(20));
using var workshop = new Workshop();
Console.WriteLine($"Building the tool, compiled ahead where it can be; load {MachineLoad.Now()}");
await workshop.BuildAsync(deadline.Token);
var report = new Report(runs);
foreach (var services in (int[])[1, 10, 100, 1000])
{
    workshop.WriteManifest(services);
    for (var run = 0; run < runs; run++)
    {
        report.Add(services, await workshop.RenderAsync(services, deadline.Token));
    }

    // kustomize takes the square of the number of objects: minutes for 1,000 services.
    if (services <= 100 && await workshop.KustomizeAsync(services, deadline.Token) is { } kustomize)
    {
        report.AddKustomize(services, kustomize);
    }
}

report.InProcess = WarmRendering.Measure(workshop.Manifest(1));
Console.WriteLine(report);
return 0;
