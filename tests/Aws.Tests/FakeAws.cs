using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <summary>AWS's side of a connection: answers in the order in which it was told to, and keeps what it was asked.</summary>
internal sealed class FakeAws : HttpMessageHandler
{
    public const string Secret = "secret-canary-4711";
    public const string Token = "token-canary-0815";
    private const int LongestWait = 3_600;
    private readonly ConcurrentQueue<Func<SentRequest, HttpResponseMessage>> _answers = new();
    private readonly HttpMessageInvoker _http;

    public FakeAws()
    {
        _http = new HttpMessageInvoker(this, disposeHandler: false);
        Credentials = AwsCredentials.Fixed("profile test", new AwsKeys("AKIDEXAMPLE", new SecretText(Secret), new SecretText(Token)));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 20, 30, TimeSpan.Zero));

    public List<SentRequest> Sent { get; } = [];

    public List<AwsAttempt> Attempts { get; } = [];

    public AwsCredentials Credentials { get; set; }

    public AwsLimits Limits { get; set; } = new();

    public AwsConnection Connection => field ??= new AwsConnection(AwsEndpoints.OfAws("eu-west-1"), Credentials, _http, Time, Limits) { Observe = Attempts.Add };

    public FakeAws Answers(HttpStatusCode status, string body, params (string Name, string Value)[] headers) =>
        Answers(_ => Response(status, body, headers));

    public FakeAws Answers(string body) => Answers(HttpStatusCode.OK, body, ("x-amzn-RequestId", "request-1"));

    public FakeAws Answers(Func<SentRequest, HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public FakeAws Fails(Exception exception) => Answers(_ => throw exception);

    /// <summary>Begins a call and lets time pass, second by second, until it has ended.</summary>
    public async Task<T> ThroughTimeAsync<T>(Func<Task<T>> begin)
    {
        // Without a context what a timer awakes runs inside of Advance: each second is over before the next begins.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var call = begin();
            for (var second = 0; !call.IsCompleted && second < LongestWait; second++)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.True(call.IsCompleted, $"The call goes on after {LongestWait} s.");
            return await call;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public static HttpResponseMessage Response(HttpStatusCode status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value));
        var sent = new SentRequest(request.Method.Method, request.RequestUri!, headers, body);
        Sent.Add(sent);
        return _answers.TryDequeue(out var answer) ? answer(sent) : throw new InvalidOperationException($"No answer is left for {sent.Method} {sent.Url} {sent.Body}");
    }

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        base.Dispose(disposing);
    }
}

internal sealed record SentRequest(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body);
