using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Cli;
using Platform.Hosting.Tests.Dashboard;

namespace Platform.Hosting.Tests.Cli;

public sealed class BackchannelTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_command_learns_which_application_it_talks_to()
    {
        await using var backchannel = BackchannelFixture.Open(4711, BackchannelFixture.Noon, () => { });
        var path = JsonSerializer.Serialize(backchannel.AppHostPath);

        Assert.Equal(
            $$"""{"appHostPath":{{path}},"processId":4711,"startedAt":"2026-05-04T12:00:00\u002B00:00"}""",
            await backchannel.CallAsync("GetAppHostInformationAsync", null));
        Assert.Equal(
            $$"""{"pid":"4711","aspireHostVersion":"13.5.4","appHostPath":{{path}},"startedAt":"2026-05-04T12:00:00\u002B00:00"}""",
            await backchannel.CallAsync("GetAppHostInfoAsync", null));
        Assert.Equal("""{"capabilities":["aux.v1","aux.v2","aux.v3"]}""", await backchannel.CallAsync("GetCapabilitiesAsync", new { }));
        Assert.Equal("""{"isReady":true}""", await backchannel.CallAsync("WaitForAppHostReadyAsync", null));
    }

    [Fact]
    public async Task The_command_learns_where_the_dashboard_is()
    {
        await using var backchannel = BackchannelFixture.Open();

        Assert.Equal(
            """{"apiBaseUrl":"http://localhost:18888","apiToken":"key","dashboardUrls":["http://localhost:18888/login?t=abc"],"isHealthy":true}""",
            await backchannel.CallAsync("GetDashboardInfoAsync", null));
        Assert.Equal(
            """{"dashboardHealthy":true,"baseUrlWithLoginToken":"http://localhost:18888/login?t=abc"}""",
            await backchannel.CallAsync("GetDashboardUrlsAsync", null));
    }

    [Fact]
    public async Task Resources_are_described_without_what_is_inherited_and_what_is_secret()
    {
        await using var backchannel = BackchannelFixture.Open();
        await backchannel.Application.Notifications.PublishUpdateAsync(
            FakeApplication.Resource("web", new ResourceInstancesAnnotation(["web-1"])), _ => new CustomResourceSnapshot
            {
                ResourceType = "Project",
                State = "Running",
                CreationTimeStamp = new DateTime(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc),
                EnvironmentVariables = [new("PORT", "80", true), new("HOME", "/root", false)],
                Properties = [new("executable.pid", 42), new("executable.args", (string[])["a", "b"]), new("token", "abc") { IsSensitive = true }],
                Urls = [new("http", "http://localhost:80", false), new("old", "http://localhost:81", false) { IsInactive = true }],
                Relationships = [new("database", "Reference")],
                HealthReports = [new("ready", null, null, null)],
                Commands = [new("stop", ResourceCommandState.Enabled, "Stop", "Stops it", null, null, "Stop", null, true)],
                Volumes = [new("data", "/data", "volume", false)],
            });

        var answer = JsonDocument.Parse(await backchannel.CallAsync("GetResourcesAsync", new { filter = "WEB" }));

        Golden.Matches(JsonSerializer.Serialize(answer, Indented) + "\n", "backchannel-resources.json");
        Assert.Equal("""{"resources":[]}""", await backchannel.CallAsync("GetResourcesAsync", new { filter = "wob" }));
    }

    [Fact]
    public async Task Console_logs_come_with_what_was_said_before_and_then_live()
    {
        await using var backchannel = BackchannelFixture.Open();
        var loggers = backchannel.Application.Loggers;
        await backchannel.Application.PublishAsync(FakeApplication.Resource("web"), "Running");
        await backchannel.Application.PublishAsync(FakeApplication.Resource("cache"), "Running");
        loggers.Append("web", "one", isError: false);
        loggers.Append("web", "two", isError: true);
        loggers.Append("cache", "ready", isError: false);

        using var client = new BackchannelClient(backchannel.Backchannel.Path);
        var stream = await client.CallAsync("GetConsoleLogsAsync", new { follow = true, tail = 1 });
        var token = stream.GetProperty("token").GetInt32();
        var lines = new List<string>();
        async Task ReadAsync(int wanted)
        {
            while (lines.Count < wanted)
            {
                var next = await client.CallAsync("$/enumerator/next", token);
                lines.AddRange(next.GetProperty("values").EnumerateArray().Select(line => line.GetRawText()));
            }
        }

        await ReadAsync(2);
        loggers.Append("web", "three", isError: false);
        await ReadAsync(3);

        Assert.Equal(
            [
                """{"resourceName":"web","lineNumber":2,"content":"two","isError":true}""",
                """{"resourceName":"cache","lineNumber":1,"content":"ready","isError":false}""",
                """{"resourceName":"web","lineNumber":3,"content":"three","isError":false}""",
            ],
            lines);
    }

    [Fact]
    public async Task Console_logs_that_are_not_followed_end_and_can_be_searched()
    {
        await using var backchannel = BackchannelFixture.Open();
        await backchannel.Application.PublishAsync(FakeApplication.Resource("web"), "Running");
        backchannel.Application.Loggers.Append("web", "GET /basket", isError: false);
        backchannel.Application.Loggers.Append("web", "GET /", isError: false);

        using var client = new BackchannelClient(backchannel.Backchannel.Path);
        var stream = await client.CallAsync("GetConsoleLogBatchesAsync", new { resourceName = "web", search = "BASKET" });
        var token = new { token = stream.GetProperty("token").GetInt32() };
        var first = await client.CallAsync("$/enumerator/next", token);
        var second = await client.CallAsync("$/enumerator/next", token);

        Assert.Equal(
            """{"values":[{"lines":[{"resourceName":"web","lineNumber":1,"content":"GET /basket","isError":false}]}],"finished":false}""", first.GetRawText());
        Assert.Equal("""{"values":[],"finished":true}""", second.GetRawText());
    }

    [Theory]
    [InlineData("web", "up", """{"success":true,"state":"Running","healthStatus":"Healthy","resourceNotFound":false,"timedOut":false}""")]
    [InlineData("web", "down", """{"success":false,"state":"Running","healthStatus":"Healthy","resourceNotFound":false,"timedOut":true,"errorMessage":"\u0027web\u0027 is not down after 0 s."}""")]
    [InlineData("job", "down", """{"success":true,"state":"Exited","resourceNotFound":false,"timedOut":false}""")]
    [InlineData("bad", "healthy", """{"success":false,"state":"FailedToStart","resourceNotFound":false,"timedOut":false,"errorMessage":"\u0027bad\u0027 is FailedToStart."}""")]
    [InlineData("wob", "up", """{"success":false,"resourceNotFound":true,"timedOut":false,"errorMessage":"There is no resource \u0027wob\u0027."}""")]
    public async Task A_wait_ends_with_the_state_or_with_the_time(string resource, string status, string expected)
    {
        await using var backchannel = BackchannelFixture.Open();
        await backchannel.Application.PublishAsync(FakeApplication.Resource("web"), "Running");
        await backchannel.Application.PublishAsync(FakeApplication.Resource("job"), "Exited");
        await backchannel.Application.PublishAsync(FakeApplication.Resource("bad"), "FailedToStart");

        Assert.Equal(expected, await backchannel.CallAsync("WaitForResourceAsync", new { resourceName = resource, status, timeoutSeconds = 0 }));
    }

    [Fact]
    public async Task A_command_runs_and_its_end_is_told()
    {
        await using var backchannel = BackchannelFixture.Open();
        await backchannel.Application.PublishAsync(
            FakeApplication.Resource(
                "web",
                FakeApplication.Command("warm", _ => Task.FromResult(CommandResults.Success() with { Message = "done" })),
                FakeApplication.Command("bad", _ => Task.FromResult(CommandResults.Failure("locked")))),
            "Running");

        async Task<string> RunAsync(string resource, string command) =>
            await backchannel.CallAsync("ExecuteResourceCommandAsync", new { resourceName = resource, commandName = command });

        Assert.Equal("""{"success":true,"canceled":false,"message":"done","validationErrors":[]}""", await RunAsync("web", "warm"));
        Assert.Equal("""{"success":false,"canceled":false,"errorMessage":"locked","validationErrors":[]}""", await RunAsync("web", "bad"));
        Assert.Equal(
            """{"success":false,"canceled":false,"errorMessage":"There is no resource \u0027wob\u0027.","validationErrors":[]}""", await RunAsync("wob", "warm"));
    }

    [Fact]
    public async Task Stop_asks_the_application_to_stop()
    {
        var stopped = new TaskCompletionSource();
        await using var backchannel = BackchannelFixture.Open(Environment.ProcessId, BackchannelFixture.Noon, stopped.SetResult);

        Assert.Equal("{}", await backchannel.CallAsync("StopAsync", new { exitCode = 0 }));

        Assert.True(stopped.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_method_that_does_not_exist_is_an_error_and_the_connection_goes_on()
    {
        await using var backchannel = BackchannelFixture.Open();
        using var client = new BackchannelClient(backchannel.Backchannel.Path);

        var error = await client.CallAsync("CallMcpToolAsync", new { });
        var next = await client.CallAsync("GetCapabilitiesAsync", null);

        Assert.Equal("""{"code":-32601,"message":"There is no method \u0027CallMcpToolAsync\u0027."}""", error.GetRawText());
        Assert.Equal("""{"capabilities":["aux.v1","aux.v2","aux.v3"]}""", next.GetRawText());
    }

    [Fact]
    public async Task The_socket_is_gone_when_the_application_is_even_while_somebody_listens()
    {
        await using var backchannel = BackchannelFixture.Open();
        await backchannel.Application.PublishAsync(FakeApplication.Resource("web"), "Running");
        using var client = new BackchannelClient(backchannel.Backchannel.Path);
        var stream = await client.CallAsync("WatchResourcesAsync", new { });
        _ = await client.CallAsync("$/enumerator/next", stream.GetProperty("token").GetInt32());

        await backchannel.Backchannel.DisposeAsync();

        Assert.False(File.Exists(backchannel.Backchannel.Path));
    }

    [Fact]
    public async Task The_sockets_of_dead_runs_of_the_same_AppHost_are_removed()
    {
        await using var first = BackchannelFixture.Open();
        var folder = BackchannelSocket.FolderIn(first.Home.FullName);
        var id = BackchannelSocket.IdOf(first.AppHostPath);
        var dead = Path.Combine(folder, $"{id}aaaaaaaa.{int.MaxValue}");
        var other = Path.Combine(folder, $"bbbbbbbbbbbaaaaaaaa.{int.MaxValue}");
        await File.WriteAllTextAsync(dead, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(other, "", TestContext.Current.CancellationToken);

        BackchannelSocket.RemoveStale(folder, id);

        Assert.Equal(new[] { first.Backchannel.Path, other }.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_home_directory_that_is_too_deep_for_a_socket_has_no_backchannel() =>
        Assert.Null(BackchannelSocket.NewPath(BackchannelSocket.FolderIn("/" + new string('a', 80)), "abcdefghijk", 4711));

    [Fact]
    public void An_AppHost_is_known_by_11_characters_of_its_path() =>
        Assert.All(["/src/AppHost.csproj", "/ä/Ö.csproj"], path => Assert.Matches("^[A-Za-z0-9_-]{11}$", BackchannelSocket.IdOf(path)));

    [Fact]
    public void Symbolic_links_in_a_path_are_resolved()
    {
        var folder = Directory.CreateTempSubdirectory("bch");
        try
        {
            var real = Directory.CreateDirectory(Path.Combine(BackchannelSocket.RealPath(folder.FullName), "real"));
            _ = Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), real.FullName);

            Assert.Equal(Path.Combine(real.FullName, "a", "b.csproj"), BackchannelSocket.RealPath(Path.Combine(folder.FullName, "link", "a", "b.csproj")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_no_message_ends_the_connection_and_nothing_else()
    {
        await using var backchannel = BackchannelFixture.Open();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, 0);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(backchannel.Backchannel.Path), TestContext.Current.CancellationToken);

        _ = await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), TestContext.Current.CancellationToken);
        var read = await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken);

        Assert.Equal(0, read);
        Assert.Equal("""{"isReady":true}""", await backchannel.CallAsync("WaitForAppHostReadyAsync", null));
    }
}
