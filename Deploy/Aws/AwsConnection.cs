using System.Collections.Concurrent;

namespace Platform.Deploy.Aws;

/// <summary>
/// Sends calls: signs each attempt anew, tries again what may succeed later, and turns what fails into its <see cref="AwsException"/>. Every write
/// carries a token of its own, or is the same when done twice, so an attempt whose answer was lost can be repeated.
/// </summary>
/// <remarks>
/// Our own loop, not Microsoft.Extensions.Http.Resilience: that costs 180 ms and 33 assemblies before the first call (a whole plan has 1.5 s), and
/// what AWS wants repeated stands in the body of an answer with status 400.
/// </remarks>
internal sealed class AwsConnection(AwsEndpoints endpoints, AwsCredentials credentials, HttpMessageInvoker http, TimeProvider time, AwsLimits limits)
{
    private const string UserAgent = "platform-deploy";

    private readonly ConcurrentDictionary<AwsApi, bool> _answered = new();

    public AwsEndpoints Endpoints { get; } = endpoints;

    public AwsCredentials Credentials { get; } = credentials;

    public AwsClock Clock { get; } = new(time);

    /// <summary>Told of each attempt, for the log of a run.</summary>
    public Action<AwsAttempt> Observe { get; init; } = static _ => { };

    /// <summary>The same with another identity.</summary>
    public AwsConnection As(AwsCredentials other) => new(Endpoints, other, http, time, limits) { Observe = Observe };

    /// <returns>An answer that says success; it can be unreadable nevertheless.</returns>
    /// <exception cref="AwsException">All attempts failed.</exception>
    public async Task<AwsReply> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var corrected = false;
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            var keys = await Credentials.AskAsync(cancellationToken);
            var outcome = await AttemptAsync(request, keys, attempt, cancellationToken);
            if (outcome is { Error: null, Reply: { } reply })
            {
                return reply;
            }

            var error = outcome.Error ?? throw new InvalidOperationException($"{request.Operation}: neither an answer nor an error.");
            if (!corrected && error.Kind is AwsErrorKind.WrongTime or AwsErrorKind.WrongSignature or AwsErrorKind.UnknownKeys
                && outcome.Reply?.Date is { } date && Clock.Correct(date))
            {
                corrected = true;
                continue;
            }

            if (!renewed && error.Kind == AwsErrorKind.ExpiredKeys)
            {
                renewed = true;
                Credentials.Forget();
                if (await Credentials.AskAsync(cancellationToken) != keys)
                {
                    continue;
                }
            }

            var pause = limits.PauseAfter(attempt, outcome.Reply?.Headers.RetryAfter?.Delta);
            var most = _answered.ContainsKey(request.Api) ? limits.Attempts : limits.AttemptsBeforeFirstAnswer;
            if (!outcome.MayPass || attempt >= most || time.GetElapsedTime(started) + pause > limits.Call)
            {
                throw Failure(error, outcome.Cause);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>What an answer without sense ends with.</summary>
    public AwsException Unreadable(AwsRequest request, AwsReply reply, Exception? cause) => Failure(AwsErrorReading.Unreadable(request, reply), cause);

    public AwsException Failure(AwsError error, Exception? cause) => new(error, AwsErrorCatalogue.ProblemOf(error, Endpoints.Region, Credentials.Source), cause);

    private async Task<Outcome> AttemptAsync(AwsRequest request, AwsKeys keys, int attempt, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(limits.Attempt, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        Outcome outcome;
        try
        {
            using var message = Signed(request, keys);
            using var response = await http.SendAsync(message, either.Token);
            var reply = new AwsReply(response.StatusCode, response.Headers, await response.Content.ReadAsByteArrayAsync(either.Token));
            var error = reply.IsSuccess ? null : AwsErrorReading.Of(request, reply, keys);
            if (error is null or { RequestId: not null })
            {
                _answered[request.Api] = true;
            }

            outcome = new Outcome(reply, error, null) { MayPass = error?.Kind is AwsErrorKind.Throttled or AwsErrorKind.Unavailable };
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = new Outcome(null, NoAnswer(request, "Timeout", $"no answer within {limits.Attempt.TotalSeconds:0} s"), late) { MayPass = true };
        }
        catch (HttpRequestException lost)
        {
            // A certificate that is not trusted stays so.
            outcome = new Outcome(null, NoAnswer(request, lost.HttpRequestError.ToString(), lost.Message), lost) { MayPass = lost.HttpRequestError != HttpRequestError.SecureConnectionError };
        }
        catch (IOException cut)
        {
            outcome = new Outcome(null, NoAnswer(request, nameof(HttpRequestError.ResponseEnded), cut.Message), cut) { MayPass = true };
        }

        Observe(new AwsAttempt(request.Api, request.Operation, attempt, outcome.Error?.Code ?? "", outcome.Error?.RequestId ?? outcome.Reply?.RequestId, time.GetElapsedTime(started)));
        return outcome;
    }

    private static AwsError NoAnswer(AwsRequest request, string code, string message) =>
        new(request.Api, request.Operation, AwsErrorKind.Unreachable, code, message, RequestId: null);

    private HttpRequestMessage Signed(AwsRequest request, AwsKeys keys)
    {
        var url = new Uri(Endpoints.AddressOf(request.Api), request.PathAndQuery);
        var scope = new SigningScope(Endpoints.SigningRegion(request.Api), request.Api.SigningName, Clock.Now);
        var headers = new SortedDictionary<string, string>(request.Headers, StringComparer.Ordinal) { ["host"] = url.Authority, ["x-amz-date"] = scope.Timestamp };
        if (keys.SessionToken is { } token)
        {
            headers["x-amz-security-token"] = token.Reveal();
        }

        if (request.ContentType is { } type)
        {
            headers["content-type"] = type;
        }

        var message = new HttpRequestMessage(request.Method, url);
        message.Headers.TryAddWithoutValidation("Authorization", SigV4.Authorization(request.Method.Method, url, headers, request.Body, keys, scope));
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (request.ContentType is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
        }

        foreach (var (name, value) in headers)
        {
            var target = name == "content-type" ? (System.Net.Http.Headers.HttpHeaders?)message.Content?.Headers : message.Headers;
            target?.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private sealed record Outcome(AwsReply? Reply, AwsError? Error, Exception? Cause)
    {
        /// <summary>Whether another attempt can be answered otherwise.</summary>
        public bool MayPass { get; init; }
    }
}

/// <summary>One request and how it went.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Code">Empty: success.</param>
internal sealed record AwsAttempt(AwsApi Api, string Operation, int Number, string Code, string? RequestId, TimeSpan Duration);
