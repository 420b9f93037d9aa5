using System.Diagnostics;
using System.Globalization;
using Platform.Benchmarks;
using Platform.Benchmarks.Apply;

// How near a first deployment comes to the longest way through what it has to do, on the clock of a simulated account, and what memory the command
// takes. An argument changes how many minutes of the account pass in one: the slower, the less the machine's own time counts.
const double wantedExcess = 0.05;
const double wantedMiB = 200;
var speed = args is [var text] ? double.Parse(text, CultureInfo.InvariantCulture) : 30;
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(20));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first deployment, {Environment.ProcessorCount} processors, {speed:0} minutes in one, load before {MachineLoad.Number():0.0}"));
Console.WriteLine($"{"images",10}  {"longest way",11}  {"whole",8}  {"more",6}");
foreach (var images in new TimeSpan?[] { null, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(20) })
{
    var run = await FirstDeployment.MeasureAsync(speed, images, limit.Token);
    var longest = images is { } span && run.Repositories + span > run.LongestWay ? run.Repositories + span : run.LongestWay;
    var excess = (run.Whole / longest) - 1;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{images?.ToString("mm\\:ss", CultureInfo.InvariantCulture) ?? "none",10}  {longest,11:mm\\:ss}  {run.Whole,8:mm\\:ss}  {excess,6:P1}{(excess > wantedExcess ? "  more than 5 %" : "")}"));
}

var folder = Directory.CreateTempSubdirectory("platform-apply-").FullName;
try
{
    Directory.CreateDirectory(Path.Combine(folder, "environments"));
    await File.WriteAllTextAsync(Path.Combine(folder, "environments", "dev.json"), """{ "application": "shop", "region": "us-east-1" }""", limit.Token);
    await File.WriteAllTextAsync(
        Path.Combine(folder, "manifest.json"),
        """{ "resources": { "web": { "type": "container.v0", "image": "docker.io/library/nginx:1.29", "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "targetPort": 8080, "external": true } } } } }""",
        limit.Token);
    foreach (var kind in new[] { "first", "no-op" })
    {
        string[] words = [Path.Combine(AppContext.BaseDirectory, "Platform.Deploy.dll"), "aws", "deploy", "--yes", "--simulate", "--speed", "max", "--manifest", "manifest.json", "--settings", "environments"];
        var start = new ProcessStartInfo("dotnet", words) { WorkingDirectory = folder };
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, "state");
        var figures = await ProcessFigures.MeasureAsync(start, limit.Token);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{kind} deployment, with the simulator inside: {figures.Wall.TotalSeconds:0.0} s, peak {figures.PeakMiB:0} MiB{(figures.PeakMiB > wantedMiB ? ", more than 200" : "")}"));
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}
