using System.Net;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

public sealed class AwsConnectionTests : IDisposable
{
    private const string Identity = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    private readonly FakeAws _aws = new();

    public void Dispose() => _aws.Dispose();

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(400, "ThrottlingException")]
    [InlineData(503, "RequestLimitExceeded")]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task What_may_pass_is_tried_again_and_signed_again(int status, string code)
    {
        _aws.Answers((HttpStatusCode)status, Error(code, "later")).Answers(Identity);

        var identity = await _aws.ThroughTimeAsync(CallAsync);

        Assert.Equal("123456789012", identity.Account);
        Assert.Equal(2, _aws.Sent.Select(sent => sent.Headers["authorization"]).Distinct().Count());
        Assert.Equal([code, ""], _aws.Attempts.Select(attempt => attempt.Code));
    }

    [Theory]
    [InlineData(502, "<html><head><title>Bad gateway</title>")]
    [InlineData(504, "")]
    [InlineData(429, "slow down")]
    [InlineData(408, "{")]
    public async Task A_failure_that_is_no_answer_of_AWS_is_tried_again(int status, string body)
    {
        _aws.Answers((HttpStatusCode)status, body).Answers(Identity);

        var identity = await _aws.ThroughTimeAsync(CallAsync);

        Assert.Equal("123456789012", identity.Account);
    }

    [Fact]
    public async Task A_lost_connection_is_made_again()
    {
        _aws.Fails(new HttpRequestException(HttpRequestError.ConnectionError, "refused")).Fails(new IOException("cut")).Answers(Identity);

        var identity = await _aws.ThroughTimeAsync(CallAsync);

        Assert.Equal("123456789012", identity.Account);
        Assert.Equal(["ConnectionError", "ResponseEnded", ""], _aws.Attempts.Select(attempt => attempt.Code));
    }

    [Fact]
    public async Task An_attempt_without_an_answer_ends_after_30_s()
    {
        using var hanging = new Hanging();
        using var http = new HttpMessageInvoker(hanging);
        var connection = new AwsConnection(AwsEndpoints.OfAws("eu-west-1"), _aws.Credentials, http, _aws.Time, new AwsLimits { AttemptsBeforeFirstAnswer = 1 });
        var started = _aws.Time.GetUtcNow();

        var failure = await Assert.ThrowsAsync<AwsException>(() => _aws.ThroughTimeAsync(() => new StsClient(connection).GetCallerIdentityAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(("Timeout", AwsErrorKind.Unreachable), (failure.Error.Code, failure.Error.Kind));
        Assert.InRange(_aws.Time.GetUtcNow() - started, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task A_missing_network_is_told_after_three_attempts()
    {
        _aws.Fails(Lost()).Fails(Lost()).Fails(Lost());

        var failure = await Assert.ThrowsAsync<AwsException>(() => _aws.ThroughTimeAsync(CallAsync));

        Assert.Equal("DEP328", Assert.Single(failure.Problems).Code);
        Assert.Equal(3, _aws.Sent.Count);
    }

    [Fact]
    public async Task An_outage_after_the_first_answer_is_waited_for()
    {
        var started = _aws.Time.GetUtcNow();
        _aws.Answers(Identity);
        await CallAsync();
        for (var lost = 0; lost < 50; lost++)
        {
            _aws.Fails(Lost());
        }

        await Assert.ThrowsAsync<AwsException>(() => _aws.ThroughTimeAsync(CallAsync));

        Assert.Equal(1 + 12, _aws.Sent.Count);
        Assert.InRange(_aws.Time.GetUtcNow() - started, TimeSpan.FromSeconds(12), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task No_attempt_begins_after_the_limit_of_a_call()
    {
        _aws.Limits = new AwsLimits { Call = TimeSpan.FromSeconds(1), FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1) };
        _aws.Answers(HttpStatusCode.BadRequest, Error("Throttling", "Rate exceeded"));

        var failure = await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Equal("DEP326", Assert.Single(failure.Problems).Code);
    }

    [Fact]
    public async Task A_server_says_how_long_to_wait()
    {
        _aws.Answers(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "7")).Answers(Identity);
        var started = _aws.Time.GetUtcNow();

        await _aws.ThroughTimeAsync(CallAsync);

        Assert.InRange(_aws.Time.GetUtcNow() - started, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("RequestTimeTooSkewed")]
    [InlineData("SignatureDoesNotMatch")]
    [InlineData("AuthFailure")]
    public async Task A_clock_that_is_wrong_is_corrected_once_by_the_one_of_AWS(string code)
    {
        _aws.Answers(HttpStatusCode.Forbidden, Error(code, "the time"), ("Date", "Mon, 23 Nov 2026 14:20:30 GMT")).Answers(Identity).Answers(Identity);

        await CallAsync();
        await CallAsync();

        Assert.Equal(["20261123T102030Z", "20261123T142030Z", "20261123T142030Z"], _aws.Sent.Select(sent => sent.Headers["x-amz-date"]));
    }

    [Fact]
    public async Task A_clock_that_stays_wrong_is_a_problem()
    {
        _aws.Answers(HttpStatusCode.Forbidden, Error("RequestTimeTooSkewed", "the time"), ("Date", "Mon, 23 Nov 2026 14:20:30 GMT"))
            .Answers(HttpStatusCode.Forbidden, Error("RequestTimeTooSkewed", "the time"), ("Date", "Mon, 23 Nov 2026 18:20:30 GMT"));

        var failure = await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Equal("DEP317", Assert.Single(failure.Problems).Code);
    }

    [Fact]
    public async Task A_wrong_signature_at_the_right_time_is_no_matter_of_clocks()
    {
        _aws.Answers(HttpStatusCode.Forbidden, Error("SignatureDoesNotMatch", "no"), ("Date", "Mon, 23 Nov 2026 10:21:00 GMT"));

        var failure = await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Equal("DEP316", Assert.Single(failure.Problems).Code);
    }

    [Fact]
    public async Task Keys_that_are_over_are_asked_for_once_more()
    {
        var keys = new Queue<AwsKeys>([Keys("OLD"), Keys("NEW"), Keys("NEW")]);
        var forgotten = 0;
        _aws.Credentials = new AwsCredentials("profile test", _ => Task.FromResult(keys.Dequeue()), () => forgotten++);
        _aws.Answers(HttpStatusCode.Forbidden, Error("ExpiredToken", "over")).Answers(Identity);

        await CallAsync();

        Assert.Equal(1, forgotten);
        Assert.Equal(["OLD", "NEW"], _aws.Sent.Select(sent => sent.Headers["authorization"].Split('=', '/')[1]));
    }

    [Fact]
    public async Task Keys_that_stay_over_are_a_problem()
    {
        _aws.Answers(HttpStatusCode.Forbidden, Error("ExpiredToken", "over"));

        var failure = await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Equal("DEP314", Assert.Single(failure.Problems).Code);
        Assert.Single(_aws.Sent);
    }

    [Fact]
    public async Task What_is_refused_is_not_tried_again()
    {
        _aws.Answers(HttpStatusCode.BadRequest, Error("ValidationError", "Template error"));

        var failure = await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Single(_aws.Sent);
        Assert.Equal("r-1", failure.Error.RequestId);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_not_tried_again()
    {
        _aws.Fails(new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established"));

        await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Single(_aws.Sent);
    }

    [Theory]
    [InlineData("<html><body>Log in to the network of this hotel</body></html>")]
    [InlineData("<OtherResponse/>")]
    [InlineData("")]
    public async Task A_success_that_is_not_of_AWS_is_a_problem(string body)
    {
        _aws.Answers(body);

        var failure = await Assert.ThrowsAsync<AwsException>(CallAsync);

        Assert.Equal("DEP329", Assert.Single(failure.Problems).Code);
    }

    [Fact]
    public async Task Cancelling_ends_a_pause()
    {
        using var source = new CancellationTokenSource();
        _aws.Limits = new AwsLimits { FirstPause = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromMinutes(1) };
        _aws.Answers(HttpStatusCode.BadRequest, Error("Throttling", "Rate exceeded"));
        var call = new StsClient(_aws.Connection).GetCallerIdentityAsync(source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static string Error(string code, string message) =>
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>";

    private static HttpRequestException Lost() => new(HttpRequestError.NameResolutionError, "Name or service not known");

    private static AwsKeys Keys(string id) => new(id, new SecretText("secret"), null);

    private Task<CallerIdentity> CallAsync() => new StsClient(_aws.Connection).GetCallerIdentityAsync(TestContext.Current.CancellationToken);

    private sealed class Hanging : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            await using var end = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return await never.Task;
        }
    }
}
