using System.Diagnostics;
using System.Globalization;
using System.Net;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

[Trait("Category", "Dcp")]
public sealed class DcpObjectsTests(DcpFixture dcp) : IClassFixture<DcpFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await dcp.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Two_replicas_share_one_public_port_in_turn()
    {
        var service = await dcp.ServiceAsync("pair");
        await EchoAsync("pair-0", "pair");
        await EchoAsync("pair-1", "pair");
        using var http = new HttpClient();
        var seen = new HashSet<string>();

        await Eventually.TrueAsync(
            async token =>
            {
                seen.Add(await http.GetStringAsync(UrlOf(service), token));
                return seen.Count == 2;
            },
            Deadline,
            "answers of both replicas");

        Assert.Equal(["pair-0", "pair-1"], seen.Order());
    }

    [Fact]
    public async Task A_restart_keeps_the_public_port()
    {
        var service = await dcp.ServiceAsync("again");
        await EchoAsync("again-0", "again");
        await AnswerAsync(service);

        await dcp.Client.StopAsync<DcpExecutable>("again-0", Token);
        var stopped = await dcp.StateAsync("again-0", DcpExecutableState.Finished);
        await dcp.Client.DeleteAndWaitUntilGoneAsync<DcpExecutable>("again-0", Deadline, Token);
        var second = await EchoAsync("again-0", "again");
        await AnswerAsync(service);

        Assert.NotEqual(stopped.Metadata.Uid, second.Metadata.Uid);
        Assert.Equal(service.Status, (await dcp.Client.GetAsync<DcpService>("again", Token))?.Status! with { State = service.Status?.State });
    }

    [Fact]
    public async Task A_crash_is_reported_with_its_exit_code()
    {
        await dcp.ExecutableAsync("crash", Shell("exit 3"));

        var ended = await dcp.StateAsync("crash", DcpExecutableState.Finished);

        Assert.Equal(3, ended.Status?.ExitCode);
    }

    [Fact]
    public async Task A_killed_process_ends_with_minus_one()
    {
        await dcp.ExecutableAsync("killed", Shell("exec sleep 600"));
        var running = await dcp.StateAsync("killed", DcpExecutableState.Running);

        using (var process = Process.GetProcessById((int)running.Status!.Pid!.Value))
        {
            process.Kill();
        }

        var ended = await dcp.StateAsync("killed", DcpExecutableState.Finished);
        Assert.Equal(-1, ended.Status?.ExitCode);
    }

    [Fact]
    public async Task Both_streams_are_read_with_their_times()
    {
        await dcp.ExecutableAsync("talker", Shell("echo one; echo two >&2; echo; echo three"));
        await dcp.StateAsync("talker", DcpExecutableState.Finished);

        var lines = await dcp.Client.LogAsync<DcpExecutable>("talker", DcpLogSource.StdOut, DcpLogEnd.Now, Token).ToListAsync(Token);
        var errors = await dcp.LogAsync("talker", DcpLogSource.StdErr);

        Assert.Equal(["one", "", "three"], lines.Select(line => line.Text));
        Assert.DoesNotContain(lines, line => line.Timestamp is null);
        Assert.Equal(["two"], errors);
    }

    [Fact]
    public async Task A_followed_log_ends_after_its_process()
    {
        await dcp.ExecutableAsync("followed", Shell("echo first; sleep 0.3; echo last"));
        await dcp.StateAsync("followed", DcpExecutableState.Running);

        var lines = await dcp.Client.LogAsync<DcpExecutable>("followed", DcpLogSource.StdOut, DcpLogEnd.Follow, Token)
            .Select(line => line.Text).ToListAsync(Token);

        Assert.Equal(["first", "last"], lines);
    }

    [Fact]
    public async Task Templates_of_ours_are_expanded_and_those_of_the_user_are_not()
    {
        var service = await dcp.ServiceAsync("templated");
        const string Odd = "{{.Name}} {{ oops }} { {{{ }} \"q\"";
        var spec = Shell("echo \"$MINE\"; echo \"$THEIRS\"; echo \"$1\"") with
        {
            Env = [new("MINE", $"{DcpTemplate.ObjectName} {DcpTemplate.PortFor("templated")}"), new("THEIRS", DcpTemplate.Escape(Odd))],
        };
        await dcp.ExecutableAsync("template", spec with { Args = [.. spec.Args!, "sh", DcpTemplate.Escape(Odd)] });
        await dcp.StateAsync("template", DcpExecutableState.Finished);

        var lines = await dcp.LogAsync("template", DcpLogSource.StdOut);

        // The dashes of a template take the space beside it.
        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"template{service.Status!.EffectivePort}"), Odd, Odd], lines);
    }

    [Fact]
    public async Task A_missing_program_is_explained_in_the_system_log()
    {
        await dcp.ExecutableAsync("nowhere", new() { ExecutablePath = "/nowhere/at/all" });
        await dcp.StateAsync("nowhere", DcpExecutableState.FailedToStart);

        var messages = await dcp.Client.LogAsync<DcpExecutable>("nowhere", DcpLogSource.System, DcpLogEnd.Now, Token)
            .Select(DcpSystemMessage.Parse).ToListAsync(Token);

        Assert.Contains(new DcpSystemMessage("error", "Failed to start a process", "fork/exec /nowhere/at/all: no such file or directory"), messages);
    }

    [Fact]
    public async Task An_object_is_started_later_on_request()
    {
        await dcp.ExecutableAsync("later", Shell("exit 0") with { Start = false });

        await dcp.Client.StartAsync<DcpExecutable>("later", Token);

        var ended = await dcp.StateAsync("later", DcpExecutableState.Finished);
        Assert.Equal(0, ended.Status?.ExitCode);
    }

    [Fact]
    public async Task A_refused_object_names_its_field()
    {
        var refusal = await Assert.ThrowsAsync<DcpApiException>(() => dcp.ExecutableAsync("bad", new() { ExecutablePath = "" }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.StatusCode);
        Assert.Equal("spec.executablePath", Assert.Single(refusal.Causes).Field);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        await dcp.ExecutableAsync("taken", Shell("exit 0"));

        var refusal = await Assert.ThrowsAsync<DcpApiException>(() => dcp.ExecutableAsync("taken", Shell("exit 0")));

        Assert.Equal((HttpStatusCode.Conflict, "AlreadyExists"), (refusal.StatusCode, refusal.Reason));
    }

    [Fact]
    public async Task Changes_are_watched_from_creation_to_deletion()
    {
        await dcp.ExecutableAsync("watched", Shell("exit 7"));
        var changes = dcp.Client.WatchAsync<DcpExecutable>(Token).Where(change => change.Object.Metadata.Name == "watched");

        var ended = await changes.FirstAsync(change => change.Object.Status?.State == DcpExecutableState.Finished, Token);
        await dcp.Client.DeleteAsync<DcpExecutable>("watched", Token);
        var all = dcp.Client.ListAsync<DcpExecutable>(Token);

        Assert.Equal(7, ended.Object.Status?.ExitCode);
        Assert.DoesNotContain(await all, item => item.Metadata is { Name: "watched", DeletionTimestamp: null });
    }

    private static string UrlOf(DcpService service) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{service.Status?.EffectivePort}/");

    private static DcpExecutableSpec Shell(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "runs /bin/sh");
        return new() { ExecutablePath = "/bin/sh", Args = ["-c", script] };
    }

    private static async Task AnswerAsync(DcpService service)
    {
        // The proxy keeps a connection waiting while nobody listens behind it, so each try is short.
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(500) };
        await Eventually.TrueAsync(
            async token =>
            {
                try
                {
                    return (await http.GetStringAsync(UrlOf(service), token)).Length > 0;
                }
                catch (TaskCanceledException) when (!token.IsCancellationRequested)
                {
                    return false;
                }
            },
            Deadline,
            "an answer on the public port");
    }

    private Task<DcpExecutable> EchoAsync(string name, string service)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Repository.Root, "tests", "Programs", "Echo", "bin", configuration, "net10.0", "Echo.dll");
        return dcp.ExecutableAsync(
            name,
            new()
            {
                ExecutablePath = "dotnet",
                Args = [program],
                Env = [new("NAME", DcpTemplate.ObjectName), new("PORT", DcpTemplate.PortForServing(service))],
            },
            new DcpServiceProducer(service, "127.0.0.1", Port: null));
    }
}
