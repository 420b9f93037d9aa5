using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Apply;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Apply;

public sealed class EnvironmentLockTests : IDisposable
{
    private static readonly LockHolder Mine = new() { Run = "mine", Who = "arn:aws:iam::1:user/me", Host = "here", Process = 1, Command = "deploy" };

    private readonly FakeParameters _aws = new();

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task Who_comes_first_has_it_until_he_gives_it_back()
    {
        var took = await TakeAsync(Mine);
        var kept = JsonNode.Parse(_aws.Value!)!["run"]!.ToString();
        await Lock().ReleaseAsync(Mine, TestContext.Current.CancellationToken);

        Assert.Equal((null, "mine", null), (took, kept, _aws.Value));
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_has_it()
    {
        await TakeAsync(Mine with { Run = "theirs", Who = "arn:aws:iam::1:user/other", Host = "elsewhere", Since = _aws.Time.GetUtcNow() });

        var refused = await Assert.ThrowsAsync<DeployException>(() => TakeAsync(Mine));

        Assert.Equal("'shop-dev' is being changed by arn:aws:iam::1:user/other on elsewhere (deploy, since 10:00 UTC, run theirs).", refused.Problems[0].Summary);
        Assert.Equal(("DEP461", 4), (refused.Problems[0].Code, refused.ExitCode));
    }

    [Fact]
    public async Task A_lock_that_nobody_renews_is_taken_over()
    {
        await TakeAsync(Mine with { Run = "theirs", Host = "elsewhere" });
        _aws.Time.Advance(EnvironmentLock.Lifetime);

        var dead = await TakeAsync(Mine);

        Assert.Equal("theirs", dead?.Run);
    }

    [Fact]
    public async Task A_lock_of_a_process_that_died_on_this_machine_is_free_at_once()
    {
        await TakeAsync(Mine with { Run = "theirs", Process = 2 });

        var dead = await TakeAsync(Mine);

        Assert.Equal("theirs", dead?.Run);
    }

    [Fact]
    public async Task A_run_whose_lock_was_taken_over_stops()
    {
        await TakeAsync(Mine);
        var keeping = Lock().KeepAsync(Mine, TestContext.Current.CancellationToken);
        _aws.Value = """{ "run": "theirs", "who": "somebody" }""";

        var lost = await Assert.ThrowsAsync<DeployException>(() => ThroughTimeAsync(() => keeping));

        Assert.Equal("DEP462", lost.Problems[0].Code);
    }

    private Task<LockHolder?> TakeAsync(LockHolder holder) => ThroughTimeAsync(() => Lock().TakeAsync(holder, [], TestContext.Current.CancellationToken));

    private EnvironmentLock Lock() => new(_aws.Client, "/shop/dev/deploy-lock", "shop-dev", _aws.Time) { IsAlive = _ => false };

    private async Task<T> ThroughTimeAsync<T>(Func<Task<T>> begin)
    {
        var task = begin();
        await ThroughTimeAsync(() => (Task)task);
        return await task;
    }

    private async Task ThroughTimeAsync(Func<Task> begin)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var task = begin();
            for (var second = 0; !task.IsCompleted && second < 300; second++)
            {
                _aws.Time.Advance(TimeSpan.FromSeconds(1));
            }

            await task;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Systems Manager with one parameter.</summary>
    private sealed class FakeParameters : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _http;

        public FakeParameters()
        {
            _http = new HttpMessageInvoker(this, disposeHandler: false);
            Client = new SsmClient(new AwsConnection(
                AwsEndpoints.OfAws("eu-central-1"), AwsCredentials.Fixed("test", new AwsKeys("AKID", new SecretText("secret"), null)), _http, Time, new AwsLimits()));
        }

        public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

        public SsmClient Client { get; }

        public string? Value { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
            var (status, answer) = (operation, Value) switch
            {
                ("PutParameter", not null) when asked["Overwrite"]?.GetValue<bool>() != true => (HttpStatusCode.BadRequest, """{ "__type": "ParameterAlreadyExists" }"""),
                ("GetParameter" or "DeleteParameter", null) => (HttpStatusCode.BadRequest, """{ "__type": "ParameterNotFound" }"""),
                ("GetParameter", { } value) => (HttpStatusCode.OK, new JsonObject { ["Parameter"] = new JsonObject { ["Name"] = "x", [nameof(Value)] = value } }.ToJsonString()),
                _ => (HttpStatusCode.OK, """{ "Version": 1 }"""),
            };
            Value = (operation, status) switch
            {
                ("PutParameter", HttpStatusCode.OK) => asked[nameof(Value)]!.ToString(),
                ("DeleteParameter", HttpStatusCode.OK) => null,
                _ => Value,
            };
            var response = new HttpResponseMessage(status) { Content = new StringContent(answer) };
            response.Headers.TryAddWithoutValidation("x-amzn-RequestId", "request");
            return response;
        }

        protected override void Dispose(bool disposing)
        {
            _http.Dispose();
            base.Dispose(disposing);
        }
    }
}
