using System.Net;
using System.Text.Json.Nodes;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class DcpClientTests
{
    private const string Root = "/apis/usvc-dev.developer.microsoft.com/v1";
    private const string NotFound = """{"kind":"Status","status":"Failure","message":"executables \"web\" not found","reason":"NotFound","code":404}""";
    private const string Web = """{"metadata":{"name":"web"},"spec":{"executablePath":"/bin/web"}}""";

    private readonly FakeServer _server = new();

    [Fact]
    public async Task An_object_is_written_without_what_is_absent()
    {
        using var client = _server.Then(HttpStatusCode.Created, Web).Client();
        var executable = new DcpExecutable
        {
            Metadata = new()
            {
                Name = "web",
                Annotations = new Dictionary<string, string> { [DcpAnnotations.ServiceProducer] = DcpJson.ServiceProducers([new("web-http", null, 80)]) },
            },
            Spec = new()
            {
                ExecutablePath = "/bin/web",
                Args = ["a"],
                Env = [new("PORT", DcpTemplate.PortForServing("web-http"))],
                AmbientEnvironment = new("Inherit"),
                Start = false,
            },
        };

        var created = await client.CreateAsync(executable, TestContext.Current.CancellationToken);

        Assert.Equal("web", created.Metadata.Name);
        Assert.Equal(
            [
                $"POST {Root}/executables [application/json] "
                + """{"metadata":{"name":"web","annotations":{"service-producer":"[{\u0022serviceName\u0022:\u0022web-http\u0022,\u0022port\u0022:80}]"}}"""
                + ""","spec":{"executablePath":"/bin/web","args":["a"],"env":[{"name":"PORT","value":"{{- portForServing \u0022web-http\u0022 -}}"}]"""
                + ""","ambientEnvironment":{"behavior":"Inherit"},"start":false}}""",
            ],
            _server.Calls);
    }

    [Fact]
    public async Task A_patch_is_a_merge_patch_without_a_charset()
    {
        using var client = _server.Then(HttpStatusCode.OK, Web).Then(HttpStatusCode.OK, Web).Then(HttpStatusCode.OK, Web).Client();

        await client.StopAsync<DcpExecutable>("web", TestContext.Current.CancellationToken);
        await client.StartAsync<DcpContainer>("a b", TestContext.Current.CancellationToken);
        await client.PatchAsync<DcpExecutable>("web", new JsonObject { ["x"] = 1 }, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                $$$"""PATCH {{{Root}}}/executables/web [application/merge-patch+json] {"spec":{"stop":true}}""",
                $$$"""PATCH {{{Root}}}/containers/a%20b [application/merge-patch+json] {"spec":{"start":true}}""",
                $$$"""PATCH {{{Root}}}/executables/web [application/merge-patch+json] {"x":1}""",
            ],
            _server.Calls);
    }

    [Fact]
    public async Task The_server_is_stopped_by_a_merge_patch_without_a_charset()
    {
        using var client = _server.Then(HttpStatusCode.Accepted, "").Then(HttpStatusCode.Accepted, "").Client();

        await client.StopServerAsync(DcpCleanup.Full, TestContext.Current.CancellationToken);
        await client.StopServerAsync(DcpCleanup.None, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                """PATCH /admin/execution [application/merge-patch+json] {"status":"Stopping","shutdownResourceCleanup":"Full"}""",
                """PATCH /admin/execution [application/merge-patch+json] {"status":"Stopping","shutdownResourceCleanup":"None"}""",
            ],
            _server.Calls);
    }

    [Fact]
    public async Task An_absent_object_is_null()
    {
        using var client = _server.Then(HttpStatusCode.NotFound, NotFound).Client();

        Assert.Null(await client.GetAsync<DcpExecutable>("web", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_list_is_read()
    {
        using var client = _server.Then(HttpStatusCode.OK, $$"""{"kind":"ExecutableList","items":[{{Web}}]}""").Client();

        var item = Assert.Single(await client.ListAsync<DcpExecutable>(TestContext.Current.CancellationToken));

        Assert.Equal(("web", "/bin/web"), (item.Metadata.Name, item.Spec.ExecutablePath));
    }

    [Fact]
    public async Task A_refusal_names_the_fields()
    {
        using var client = _server.Then(
            HttpStatusCode.UnprocessableEntity,
            """{"message":"is invalid","reason":"Invalid","details":{"causes":[{"reason":"FieldValueInvalid","message":"is required","field":"spec.executablePath"}]},"code":422}""").Client();

        var refusal = await Assert.ThrowsAsync<DcpApiException>(() => client.GetAsync<DcpExecutable>("web", TestContext.Current.CancellationToken));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid", "is invalid", false), (refusal.StatusCode, refusal.Reason, refusal.Said, refusal.IsTransient));
        Assert.Equal([new DcpErrorCause("FieldValueInvalid", "is required", "spec.executablePath")], refusal.Causes);
        Assert.Equal("spec.executablePath: is required", DcpProblems.Refused("Executable", "web", refusal).Detail);
    }

    [Fact]
    public async Task A_refusal_in_plain_text_is_kept()
    {
        using var client = _server.Then(HttpStatusCode.BadGateway, "not now\n").Client();

        var refusal = await Assert.ThrowsAsync<DcpApiException>(() => client.ListAsync<DcpService>(TestContext.Current.CancellationToken));

        Assert.Equal(("not now", null, true), (refusal.Said, refusal.Reason, refusal.IsTransient));
    }

    [Fact]
    public async Task Deletion_is_over_when_the_object_is_gone()
    {
        using var client = _server.Then(HttpStatusCode.OK, Web).Then(HttpStatusCode.OK, Web).Then(HttpStatusCode.NotFound, NotFound).Client();

        await client.DeleteAndWaitUntilGoneAsync<DcpExecutable>("web", TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal([$"DELETE {Root}/executables/web", $"GET {Root}/executables/web", $"GET {Root}/executables/web"], _server.Calls);
    }

    [Fact]
    public async Task An_object_that_does_not_go_is_a_problem()
    {
        using var client = _server.Then(HttpStatusCode.OK, Web).Then(HttpStatusCode.OK, Web).Client();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            client.DeleteAndWaitUntilGoneAsync<DcpExecutable>("web", TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Equal(DcpProblems.NotDeleted("Executable", "web", TimeSpan.Zero), Assert.Single(error.Problems));
    }

    [Fact]
    public async Task A_log_is_read_line_by_line()
    {
        using var client = _server.Then(HttpStatusCode.OK, "2026-11-23T05:08:52.029Z one\n2026-11-23T05:08:52.030Z two").Client();

        var lines = await client.LogAsync<DcpExecutable>("web", DcpLogSource.StdErr, DcpLogEnd.Follow, TestContext.Current.CancellationToken)
            .Select(line => line.Text).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["one", "two"], lines);
        Assert.Equal([$"GET {Root}/executables/web/log?source=stderr&follow=true&timestamps=true"], _server.Calls);
    }
}
