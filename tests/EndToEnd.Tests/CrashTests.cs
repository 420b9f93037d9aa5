using System.Diagnostics;
using System.Globalization;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class CrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_crash_is_shown_with_its_exit_code_and_stays()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddShell("crash", "echo no such table >&2; exit 3"));

        var ended = await app.UntilAsync("crash", snapshot => snapshot.ExitCode is not null, "ended");

        Assert.Equal(new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Error), ended.Snapshot.State);
        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.NotNull(ended.Snapshot.StopTimeStamp);
        Assert.Equal(3, ended.Snapshot.Properties.Single(property => property.Name == "resource.exitCode").Value);
        await app.LineAsync("crash", "no such table");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_process_that_somebody_kills_is_a_crash()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));
        var healthy = await app.HealthyAsync("service");
        var pid = Convert.ToInt32(healthy.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
        }

        var ended = await app.UntilAsync("service", snapshot => snapshot.StopTimeStamp is not null, "ended");
        Assert.Equal(new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Error), ended.Snapshot.State);
        Assert.True(Assert.Single(ended.Snapshot.Urls).IsInactive);
        Assert.Equal(CommandResults.Success(), await app.CommandAsync("service", "start"));
        await app.HealthyAsync("service");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task An_end_on_request_is_no_crash_whatever_its_exit_code()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddShell("stubborn", "trap 'exit 7' TERM; echo up; while :; do sleep 0.1; done"));
        await app.LineAsync("stubborn", "up");

        await app.CommandAsync("stubborn", "stop");

        var ended = app.Snapshot("stubborn");
        Assert.Equal((new ResourceStateSnapshot(KnownResourceStates.Exited, Style: null), 7), (ended.State, ended.ExitCode));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Only_what_the_settings_name_is_restarted_and_only_so_often()
    {
        var starts = Path.Combine(_folder, "starts");
        await using var app = await Applications.StartAsync(
            builder =>
            {
                builder.AddShell("flaky", $"echo flaky >> {starts}; exit 1");
                builder.AddShell("once", $"echo once >> {starts}; exit 1");
            },
            "--AppHost:RestartOnFailure:flaky=1");

        await Eventually.TrueAsync(
            () => File.Exists(starts) && File.ReadLines(starts).Count(line => line == "flaky") == 2 && app.Snapshot("flaky").ExitCode is not null,
            Applications.Soon,
            "the second crash");

        var all = await File.ReadAllLinesAsync(starts, TestContext.Current.CancellationToken);
        Assert.Equal(1, all.Count(line => line == "once"));
        Assert.Contains("It ended with an error; restart 1 of 1 in 1 s (AppHost:RestartOnFailure).", app.Lines("flaky"));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_program_that_does_not_exist_fails_to_start_and_its_log_says_why()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddExecutable("nothing", "no-such-program", "."));

        var failed = await app.InStateAsync("nothing", KnownResourceStates.FailedToStart);

        Assert.Equal(KnownResourceStateStyles.Error, failed.Snapshot.State?.Style);
        await app.LineAsync("nothing", "no-such-program");
    }
}
