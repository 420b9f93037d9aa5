using System.Net;
using System.Net.Sockets;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

public sealed class RetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_overloaded_is_asked_again_after_pauses_that_double()
    {
        var registry = new FakeRegistry();
        foreach (var status in new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError })
        {
            registry.Answers("HEAD", status, "");
        }

        using var session = new RegistrySession(registry);

        var found = await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        Assert.Null(found);
        Assert.Equal([500, 1_000, 2_000, 4_000], session.Time.Pauses.Select(pause => pause.TotalMilliseconds));
    }

    [Fact]
    public async Task A_registry_that_says_how_long_to_wait_is_left_alone_so_long()
    {
        var registry = new FakeRegistry()
            .Answers("HEAD", HttpStatusCode.TooManyRequests, "", ("Retry-After", "7"))
            .Answers("HEAD", HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "Mon, 23 Nov 2026 10:20:49 GMT"))
            .Answers("HEAD", HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "3600"));
        using var session = new RegistrySession(registry);

        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        Assert.Equal([7, 12, 30], session.Time.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Everyone_who_watches_is_told_of_a_pause()
    {
        using var session = new RegistrySession(new FakeRegistry().Answers("HEAD", HttpStatusCode.ServiceUnavailable, ""));

        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        Assert.Equal([new RegistryEvent.Retrying("registry.example", "503", TimeSpan.FromMilliseconds(500))], session.Events);
    }

    [Fact]
    public async Task A_registry_that_stays_broken_is_a_problem_after_six_attempts()
    {
        using var session = new RegistrySession(new FakeRegistry().Always("HEAD", HttpStatusCode.ServiceUnavailable, ""));

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal("DEP233", problem.Code);
        Assert.Equal("The registry registry.example is overloaded or broken: it answers 503.", problem.Summary);
        Assert.Equal("Try again later; what has arrived is not sent again.", problem.Fix);
        Assert.Equal(4, problem.ExitCode);
        Assert.Equal(6, session.Registry.Log.Count);
    }

    [Fact]
    public async Task A_limit_of_requests_that_stays_used_up_is_a_problem_of_its_own()
    {
        using var session = new RegistrySession(new FakeRegistry().Always("GET", HttpStatusCode.TooManyRequests, """{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"""), host: "docker.io");

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindManifestAsync(session.Repository, "1.0", Token));

        Assert.Equal("DEP242", problem.Code);
        Assert.Equal("The registry docker.io takes no more requests for now (429).", problem.Summary);
        Assert.Equal("Wait, or sign in for a higher limit with 'docker login docker.io'; images.mirror keeps copies of other people's images in a registry of your own.", problem.Fix);
        Assert.Equal("TOOMANYREQUESTS: You have reached your pull rate limit.", problem.Detail);
        Assert.Equal(4, problem.ExitCode);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        var registry = new FakeRegistry();
        var manifest = Samples.Image("hello").Manifest;
        registry.Put("team/app", "1.0", manifest);
        registry.CutsAnswer("GET /v2/team/app/manifests/1.0", after: 10);
        using var session = new RegistrySession(registry);

        var found = await session.Client.FindManifestAsync(session.Repository, "1.0", Token);

        Assert.Equal(manifest.Digest, found?.Digest);
        Assert.Equal(2, registry.Log.Count);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_within_the_limit_is_asked_again_and_then_a_problem()
    {
        var registry = new FakeRegistry();
        for (var i = 0; i < 6; i++)
        {
            registry.Does("HEAD", async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException();
            });
        }

        using var session = new RegistrySession(registry, time: new PromptTime { LimitsRunOut = true });

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal(("DEP229", "No answer within 60 seconds."), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task Where_nobody_listens_three_attempts_are_enough()
    {
        var registry = new FakeRegistry();
        for (var i = 0; i < 3; i++)
        {
            registry.Fails("HEAD", new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (registry.example:443)", new SocketException((int)SocketError.ConnectionRefused)));
        }

        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal(("DEP229", "The registry registry.example cannot be reached.", 4), (problem.Code, problem.Summary, problem.ExitCode));
        Assert.Equal(2, session.Time.Pauses.Count);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_asked_for_once()
    {
        var registry = new FakeRegistry().Fails("HEAD", new HttpRequestException(
            HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.", new System.Security.Authentication.AuthenticationException("The remote certificate is invalid")));
        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal("DEP228", problem.Code);
        Assert.Equal("No secure connection to registry.example can be made.", problem.Summary);
        Assert.Equal("Trust the certificate's issuer on this machine, or correct the address; for a registry without TLS add '--plain-http registry.example'.", problem.Fix);
        Assert.Equal("The remote certificate is invalid", problem.Detail);
        Assert.Equal(4, problem.ExitCode);
        Assert.Empty(session.Time.Pauses);
    }
}
