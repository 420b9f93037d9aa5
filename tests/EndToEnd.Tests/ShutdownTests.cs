namespace Platform.EndToEnd.Tests;

/// <summary>Every way in which an AppHost can end; after each nothing of it is left.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ShutdownTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    [Theory(Timeout = Applications.TestDeadline)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_everything_with_exit_code_0(string signal)
    {
        await using var host = Start("service");
        await host.LineAsync("Healthy");

        host.Signal(signal);

        Assert.Equal(0, await host.ExitCodeAsync());
        await host.NothingLeftAsync(Promised);
        Assert.Empty(host.SessionFolders);
        Assert.Equal("", host.Errors);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_second_signal_ends_the_host_at_once_and_the_rest_follows()
    {
        await using var host = Start("stubborn");
        await host.LineAsync("Running");

        host.Signal("INT");
        await host.LineAsync("Stopping");
        host.Signal("INT");

        Assert.Equal(130, await host.ExitCodeAsync());
        Assert.Contains(host.Others(), other => other.Command.Contains("stubborn", StringComparison.Ordinal));
        await host.NothingLeftAsync(Promised * 4);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_host_that_is_killed_leaves_no_process_after_ten_seconds()
    {
        await using var host = Start("service");
        await host.LineAsync("Healthy");
        var dashboard = host.Others().Count(other => other.Command.Contains("aspire-managed", StringComparison.Ordinal));

        host.Signal("KILL");
        await host.ExitCodeAsync();

        Assert.Equal(1, dashboard);
        await host.NothingLeftAsync(Promised);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_next_start_sweeps_what_a_killed_DCP_left_behind()
    {
        await using var first = HostProcess.Sample("service");
        await first.LineAsync("Healthy");
        var stale = Assert.Single(first.SessionFolders);
        var server = first.Others().Single(other => other.Command.Contains("start-apiserver", StringComparison.Ordinal));
        first.Signal("KILL");
        HostProcess.Signal(server.Id, "KILL");
        await first.ExitCodeAsync();
        await first.NothingLeftAsync(Promised);
        Assert.True(Directory.Exists(stale));
        await using var second = HostProcess.Start("tests/Programs/SampleHost", first.Folder, [], "--no-dashboard", "--Sample", "service");

        await second.LineAsync("Healthy");
        await Eventually.TrueAsync(() => !Directory.Exists(stale), Promised, "the removal of the stale folder");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_killed_DCP_ends_the_host_with_a_problem()
    {
        await using var host = Start("service");
        await host.LineAsync("Healthy");

        foreach (var dcp in host.Others().Where(other => other.Command.Contains("start-apiserver", StringComparison.Ordinal)))
        {
            HostProcess.Signal(dcp.Id, "KILL");
        }

        Assert.Equal(4, await host.ExitCodeAsync());
        Assert.Equal(
            """
            error HST252: The orchestrator (DCP) ended while the application was running; it took all processes of the application with it.
              fix Start the application again. If nobody killed 'dcp', set DCP_DIAGNOSTICS_LOG_FOLDER to a folder and read its logs.   see docs/errors.md#hst252

            """,
            host.Errors);
        await host.NothingLeftAsync(Promised);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Two_hosts_run_side_by_side_and_do_not_end_each_other()
    {
        await using var first = HostProcess.Sample("service");
        await using var second = HostProcess.Start("tests/Programs/SampleHost", first.Folder, [], "--no-dashboard", "--Sample", "service");
        var address = (await first.LineAsync("http://")).Split(' ')[^1];
        await first.LineAsync("Healthy");
        await second.LineAsync("Healthy");

        second.Signal("TERM");
        Assert.Equal(0, await second.ExitCodeAsync());
        await second.NothingLeftAsync(Promised);

        using var http = new HttpClient();
        Assert.Equal("true", await http.GetStringAsync(new Uri($"{address}/health"), TestContext.Current.CancellationToken));
        first.Signal("TERM");
        Assert.Equal(0, await first.ExitCodeAsync());
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_signal_while_it_starts_ends_it_as_well()
    {
        await using var host = Start("service");
        await Eventually.TrueAsync(() => host.Others().Count > 0, Applications.Soon, "the first process");

        host.Signal("INT");

        Assert.Equal(0, await host.ExitCodeAsync());
        await host.NothingLeftAsync(Promised);
        Assert.Empty(host.SessionFolders);
    }

    private static HostProcess Start(string sample) => HostProcess.Start("tests/Programs/SampleHost", null, [], "--Sample", sample);
}
