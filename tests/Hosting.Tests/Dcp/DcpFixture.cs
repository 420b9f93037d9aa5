using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

/// <summary>One session of the real DCP for all tests of a class.</summary>
public sealed class DcpFixture : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private DcpSession? _session;
    private DcpClient? _client;

    internal DcpClient Client => _client ?? throw new InvalidOperationException("The session has not started.");

    /// <summary>Asked by each test and not by the runner: a fixture that skips is a failure.</summary>
    public async Task StartAsync()
    {
        _session ??= RealDcp.Launch();
        _client ??= await _session.ReadyAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }
    }

    internal async Task<DcpService> ServiceAsync(string name)
    {
        await Client.CreateAsync(new DcpService { Metadata = new() { Name = name }, Spec = new() { Protocol = "TCP" } }, TestContext.Current.CancellationToken);
        return await UntilAsync<DcpService>(name, service => service.Status?.EffectivePort is not null);
    }

    internal Task<DcpExecutable> ExecutableAsync(string name, DcpExecutableSpec spec, params DcpServiceProducer[] produces) =>
        Client.CreateAsync(
            new DcpExecutable
            {
                Metadata = new()
                {
                    Name = name,
                    Annotations = new Dictionary<string, string> { [DcpAnnotations.ServiceProducer] = DcpJson.ServiceProducers(produces) },
                },
                Spec = spec,
            },
            TestContext.Current.CancellationToken);

    internal Task<DcpExecutable> StateAsync(string name, string state) => UntilAsync<DcpExecutable>(name, item => item.Status?.State == state);

    internal async Task<T> UntilAsync<T>(string name, Func<T, bool> condition)
        where T : class, IDcpObject<T> =>
        await Eventually.ValueAsync(
            async token => await Client.GetAsync<T>(name, token) is { } item && condition(item) ? item : null, Deadline, $"{T.Kind} '{name}'");

    internal async Task<IReadOnlyList<string>> LogAsync(string name, DcpLogSource source) =>
        await Client.LogAsync<DcpExecutable>(name, source, DcpLogEnd.Now, TestContext.Current.CancellationToken)
            .Select(line => line.Text)
            .ToListAsync(TestContext.Current.CancellationToken);
}
