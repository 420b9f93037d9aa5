using Platform.Deploy.Aws;
using Platform.Deploy.Model;

namespace Platform.Simulator.Tests;

/// <summary>A connection of Deploy's to a simulated account that keeps what was answered.</summary>
internal sealed class RecordedAnswers : IDisposable
{
    private readonly SocketsHttpHandler _sockets = new();
    private readonly Recorder _recorder;
    private readonly HttpMessageInvoker _http;
    private readonly List<AwsAttempt> _attempts = [];

    public RecordedAnswers(SimulatedCloud cloud)
    {
        _recorder = new Recorder(_sockets);
        _http = new HttpMessageInvoker(_recorder);
        var credentials = AwsCredentials.Fixed("test", new AwsKeys(cloud.AccessKeyId, new SecretText(cloud.SecretAccessKey), null));
        Connection = new AwsConnection(AwsEndpoints.OfOne(cloud.Region, cloud.Endpoint), credentials, _http, TimeProvider.System, new AwsLimits()) { Observe = _attempts.Add };
    }

    public AwsConnection Connection { get; }

    /// <summary>Those that said success.</summary>
    public IReadOnlyList<(AwsAttempt Attempt, byte[] Body)> All => [.. _attempts.Zip(_recorder.Bodies).Where(pair => pair.First.Code.Length == 0)];

    public void Dispose()
    {
        _http.Dispose();
        _recorder.Dispose();
        _sockets.Dispose();
    }

    private sealed class Recorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public List<byte[]> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Bodies.Add(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response;
        }
    }
}
