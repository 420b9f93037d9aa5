using System.Net;
using System.Net.Http.Headers;
using Platform.Deploy.Model;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

public sealed class AuthorizationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:a/b:pull,push" """, "Bearer { Realm = https://ghcr.io/token, Service = ghcr.io, Scope = repository:a/b:pull,push }")]
    [InlineData("""bearer realm=https://x.example/t, service = "with \"quotes\"" """, """Bearer { Realm = https://x.example/t, Service = with "quotes", Scope =  }""")]
    [InlineData("""Bearer service="no realm" """, null)]
    [InlineData("""Basic realm="registry" """, "Basic { }")]
    [InlineData("""Negotiate abc""", null)]
    public void A_challenge_is_read(string header, string? expected)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", header.Trim());

        var challenge = AuthenticateChallenge.Among(response.Headers.WwwAuthenticate);

        Assert.Equal(expected, challenge?.ToString());
    }

    [Fact]
    public void Of_several_challenges_a_token_is_taken_before_a_password()
    {
        using var response = new HttpResponseMessage();
        response.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Basic", "realm=\"registry\""));
        response.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Bearer", "realm=\"https://tokens.example/token\""));

        var challenge = AuthenticateChallenge.Among(response.Headers.WwwAuthenticate);

        Assert.Equal(new AuthenticateChallenge.Bearer(new Uri("https://tokens.example/token"), null, null), challenge);
    }

    [Fact]
    public async Task Nobody_is_asked_where_the_registry_lets_everyone_in()
    {
        using var session = new RegistrySession(new FakeRegistry());

        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        Assert.Equal(["HEAD /v2/team/app/manifests/1.0 404"], session.Registry.Log);
    }

    [Fact]
    public async Task A_password_is_sent_along_from_the_first_refusal_on()
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Basic" });

        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);
        await session.Client.FindDigestAsync(session.Repository, "2.0", Token);

        Assert.Equal(["HEAD /v2/team/app/manifests/1.0 401", "HEAD /v2/team/app/manifests/1.0 404", "HEAD /v2/team/app/manifests/2.0 404"], session.Registry.Log);
    }

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_it_runs_out()
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Bearer" });

        foreach (var seconds in new[] { 0, 280, 11 })
        {
            session.Time.Pass(TimeSpan.FromSeconds(seconds));
            await session.Client.FindDigestAsync(session.Repository, "1.0", Token);
        }

        Assert.Equal(2, session.Registry.Log.Count(line => line.StartsWith("GET tokens.example", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_that_are_refused_at_once_ask_for_one_token()
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Bearer" });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => session.Client.FindDigestAsync(session.Repository, $"{i}.0", Token), Token)));

        Assert.Single(session.Registry.Log, line => line.StartsWith("GET tokens.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_that_was_changed_in_the_meantime_is_fetched_anew()
    {
        var registry = new FakeRegistry { Scheme = "Basic" };
        using var session = new RegistrySession(registry);
        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);
        registry.Login = "AWS:renewed";
        session.Credential = new RegistryCredential.Password("AWS", new SecretText("renewed"));

        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        Assert.Equal("HEAD /v2/team/app/manifests/1.0 404", registry.Log[^1]);
    }

    [Fact]
    public async Task A_refresh_token_is_exchanged()
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Bearer" }) { Credential = new RegistryCredential.IdentityToken(new SecretText("correct")) };

        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        Assert.Equal(
            ["HEAD /v2/team/app/manifests/1.0 401", "POST tokens.example /token 200", "HEAD /v2/team/app/manifests/1.0 404"],
            session.Registry.Log);
    }

    [Fact]
    public async Task Credentials_are_not_sent_to_a_token_server_without_TLS()
    {
        var registry = new FakeRegistry().Answers("HEAD", HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", "Bearer realm=\"http://tokens.example/token\""));
        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal("DEP231", problem.Code);
        Assert.Equal("The registry registry.example wants the credentials to be sent to tokens.example without TLS.", problem.Summary);
        Assert.Single(registry.Log);
    }

    [Fact]
    public async Task A_token_server_without_a_token_is_a_problem()
    {
        var registry = new FakeRegistry { Scheme = "Bearer" }.Answers("GET /token", HttpStatusCode.OK, "{}");
        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal(("DEP232", "The token server of registry.example, tokens.example, gave no token."), (problem.Code, problem.Summary));
    }

    [Fact]
    public async Task Who_we_are_is_told_to_the_registry_and_not_to_where_it_keeps_uploads()
    {
        string? told = "nothing was sent";
        var registry = new FakeRegistry { Scheme = "Basic" };
        registry.Answers("POST", HttpStatusCode.Accepted, "", ("Location", "https://storage.example/upload/1"));
        registry.Does("PATCH", (request, _) =>
        {
            told = request.Headers.Authorization?.ToString();
            return Task.FromResult(FakeRegistry.Response(HttpStatusCode.Created, ""));
        });
        using var session = new RegistrySession(registry);
        await session.Client.FindDigestAsync(session.Repository, "1.0", Token);

        await session.SendAsync([1, 2, 3]);

        Assert.Null(told);
    }
}
