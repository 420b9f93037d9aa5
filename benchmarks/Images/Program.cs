using System.Globalization;
using Platform.Benchmarks;
using Platform.Benchmarks.Images;

// What 'platform images push' costs beside the publishing that it cannot do without, and beside the SDK's own way to images, both against one
// registry of this machine, turn by turn, so that both meet the same load.
const int bigImageMiB = 500;
var runs = args is ["--runs", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted > 0 ? wanted : 3;
if (args.Length > 0 && args is not ["--runs", _])
{
    await Console.Error.WriteLineAsync("ImagesBenchmark [--runs N]");
    return 2;
}

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(45));
await using var registry = await LocalRegistry.StartAsync(deadline.Token);
if (registry is null)
{
    Console.WriteLine("Left out: it needs skopeo, and Debian's packages of a registry and of a base image (tools/debian-program.sh, tools/aspnet-image.sh).");
    return 0;
}

using var tool = new BuiltTool();
Console.WriteLine($"Building the tool, compiled ahead where it can be; load {MachineLoad.Now()}");
await tool.BuildAsync(deadline.Token);
var report = new Report(runs);
using var application = new SampleApplication(registry.BaseImage);
await using var proxy = new CountingProxy(registry.Port);
var contest = new Contest(tool, application, proxy, registry.BaseImage);
await contest.WarmUpAsync(deadline.Token);
for (var run = 0; run < runs; run++)
{
    report.Add(Measured.PublishUnchanged, await contest.PublishAsync(deadline.Token));
    report.Add(Measured.PushUnchanged, await contest.PushAsync(deadline.Token));
    report.Add(Measured.SdkUnchanged, await contest.PublishContainerAsync(deadline.Token));
    application.ChangeLine();
    report.Add(Measured.PublishChanged, await contest.PublishAsync(deadline.Token));
    application.ChangeLine();
    report.Add(Measured.PushChanged, await contest.PushAsync(deadline.Token));
    // What it has to do anew is what changed since its own last build.
    report.Add(Measured.SdkChanged, await contest.PublishContainerAsync(deadline.Token));
}

application.AddFiles(bigImageMiB);
report.Add(Measured.PushBig, await contest.PushOneArchitectureAsync(deadline.Token));
Console.WriteLine(report);
return 0;
