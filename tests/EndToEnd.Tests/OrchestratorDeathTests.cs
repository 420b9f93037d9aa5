using System.Diagnostics;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class OrchestratorDeathTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_test_that_waits_for_a_resource_hears_that_the_orchestrator_has_gone()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddShell("web", "exec sleep 1000").WithExplicitStart());
        var waiting = app.ResourceNotifications.WaitForResourceHealthyAsync("web", TestContext.Current.CancellationToken);

        KillOrchestratorOf(app);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => waiting);
        Assert.StartsWith("error HST252: ", failure.Message, StringComparison.Ordinal);
    }

    private static void KillOrchestratorOf(DistributedApplication app)
    {
        var folder = app.Running?.SessionFolder ?? "";
        foreach (var process in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)))
        {
            var command = Path.Combine("/proc", process!, "cmdline");
            if (Read(command) is var line && line.Contains("start-apiserver", StringComparison.Ordinal) && line.Contains(folder, StringComparison.Ordinal))
            {
                using var dcp = Process.GetProcessById(int.Parse(process!, System.Globalization.CultureInfo.InvariantCulture));
                dcp.Kill();
            }
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
