using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

/// <summary>Answers each call by the next of the given answers and remembers what was asked.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public List<string> Calls { get; } = [];

    public FakeServer Then(HttpStatusCode code, string body)
    {
        _answers.Enqueue(() => new HttpResponseMessage(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        return this;
    }

    public FakeServer ThenRefuseConnection()
    {
        _answers.Enqueue(() => throw new HttpRequestException("refused"));
        return this;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns it.")]
    public DcpClient Client() => new(new HttpClient(this) { BaseAddress = new Uri("https://dcp.test/") }, TimeProvider.System);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? $" [{content.Headers.ContentType}] {await content.ReadAsStringAsync(cancellationToken)}" : "";
        Calls.Add($"{request.Method} {request.RequestUri?.PathAndQuery}{body}");
        if (_answers.Count == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return _answers.Dequeue()();
    }
}
