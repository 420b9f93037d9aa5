using Grpc.Core;
using Grpc.Net.Client;
using Platform.Hosting.Dashboard;
using Platform.Hosting.Dashboard.Wire;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>A resource service over a fake application, and a dashboard's end of the wire.</summary>
internal sealed class ResourceServiceFixture : IAsyncDisposable
{
    private readonly GrpcChannel _channel;

    private ResourceServiceFixture(FakeApplication application, ResourceServiceHost host)
    {
        Application = application;
        Host = host;
        _channel = GrpcChannel.ForAddress(host.Url);
    }

    public FakeApplication Application { get; }

    public ResourceServiceHost Host { get; }

    public DashboardService.DashboardServiceClient Client => new(_channel);

    public CallOptions Key => WithKey(Host.ApiKey);

    public static async Task<ResourceServiceFixture> StartAsync()
    {
        var application = new FakeApplication();
        return new ResourceServiceFixture(application, await ResourceServiceHost.StartAsync(application.Sources, TestContext.Current.CancellationToken));
    }

    public static CallOptions WithKey(string key) => new(
        new Metadata { { ResourceServiceHost.KeyHeader, key } }, DateTime.UtcNow.AddSeconds(20), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await Host.DisposeAsync();
    }
}
