using System.Diagnostics;
using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Tests.Dashboard;

namespace Platform.Hosting.Tests.Cli;

/// <summary>The real <c>aspire</c> command against a backchannel, in a home directory of its own.</summary>
public sealed class AspireCommandTests
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_aspire_command_lists_describes_reads_commands_waits_and_stops()
    {
        var command = AspireCommand();
        using var appHost = Process.Start(new ProcessStartInfo("sleep", "60")) ?? throw new InvalidOperationException("No process.");
        await using var backchannel = BackchannelFixture.Open(appHost.Id, appHost.StartTime, () => { });
        var application = backchannel.Application;
        var web = FakeApplication.Resource("web", new ResourceInstancesAnnotation(["web-abcdefgh"]));
        web.Annotations.Add(FakeApplication.Command("stop", async _ =>
        {
            await application.PublishAsync(web, KnownResourceStates.Exited);
            return CommandResults.Success();
        }));
        await application.PublishAsync(web, KnownResourceStates.Running);
        application.Loggers.Append("web-abcdefgh", "2026-05-04T12:00:00.000Z Now listening", isError: false);

        Task<string> AspireAsync(params string[] arguments) => RunAsync(command, backchannel, arguments);

        // The command stops an application by SIGTERM, where the process is as old as the application says.
        var ps = JsonDocument.Parse(await AspireAsync("ps", "--format", "json"));
        var described = JsonDocument.Parse(await AspireAsync("describe", "--format", "json", "--apphost", backchannel.AppHostPath));
        var logs = await AspireAsync("logs", "web", "--apphost", backchannel.AppHostPath);
        _ = await AspireAsync("resource", "web", "stop", "--apphost", backchannel.AppHostPath);
        _ = await AspireAsync("wait", "web", "--status", "down", "--timeout", "5", "--apphost", backchannel.AppHostPath);
        _ = await AspireAsync("stop", "--apphost", backchannel.AppHostPath);

        Assert.Equal(backchannel.AppHostPath, ps.RootElement[0].GetProperty("appHostPath").GetString());
        Assert.Equal("Running", described.RootElement.GetProperty("resources")[0].GetProperty("state").GetString());
        Assert.Contains("Now listening", logs, StringComparison.Ordinal);
        Assert.True(application.Notifications.TryGetCurrentState("web", out var known) && known.Snapshot.State?.Text == KnownResourceStates.Exited);
        await appHost.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(CommandLimit, TestContext.Current.CancellationToken);
    }

    // It lies in the package that the bundle is unpacked from.
    private static string AspireCommand()
    {
        var bundle = Need.Bundle();
        string[] candidates =
        [
            Path.GetFullPath(Path.Combine(bundle, "..", "bin", "aspire")),
            Path.Combine(Repository.Root, "tools", "aspire", "node_modules", "@microsoft", "aspire-cli-linux-x64", "bin", "aspire"),
        ];
        var found = candidates.FirstOrDefault(File.Exists);
        Assert.SkipUnless(found is not null, "Needs the aspire command (build AppHost: its restore fetches it).");
        return found ?? "";
    }

    private static async Task<string> RunAsync(string command, BackchannelFixture backchannel, string[] arguments)
    {
        var start = new ProcessStartInfo(command, [.. arguments, "--nologo", "--non-interactive"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = backchannel.Home.FullName,
        };
        start.Environment["HOME"] = backchannel.Home.FullName;
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["features__updateNotificationsEnabled"] = "false";
        _ = start.Environment.Remove("ASPIRE_HOME");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(CommandLimit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token).WaitAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token).WaitAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"aspire {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await error}");
        return await output;
    }
}
