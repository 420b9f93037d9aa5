using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.Hosting.Dashboard;

/// <summary>Serves the resource service on a free port of the loopback interface, to whoever knows the key.</summary>
internal sealed class ResourceServiceHost : IAsyncDisposable
{
    /// <summary>The header that carries the key in every call.</summary>
    internal const string KeyHeader = "x-resource-service-api-key";

    // The streams end at once, but Kestrel keeps one whose other direction is still open for 5 seconds more.
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication _server;
    private readonly CancellationTokenSource _stopping;

    private ResourceServiceHost(WebApplication server, CancellationTokenSource stopping, string apiKey)
    {
        _server = server;
        _stopping = stopping;
        ApiKey = apiKey;
    }

    /// <summary>The address, such as <c>http://127.0.0.1:12345</c>. HTTP/2 without TLS.</summary>
    public Uri Url => new(_server.Urls.First());

    /// <summary>What the dashboard sends in the header <c>x-resource-service-api-key</c>.</summary>
    public string ApiKey { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="sources">What is served.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<ResourceServiceHost> StartAsync(ResourceServiceSources sources, CancellationToken cancellationToken)
    {
        var apiKey = Tokens.New();
        var stopping = new CancellationTokenSource();

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(ResourceServiceHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IHostLifetime, LifeOfTheOwner>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.Services.AddSingleton(sources with { Since = DateTime.UtcNow, Stopping = stopping.Token });
        builder.Services.AddSingleton<ResourceServiceCalls>();
        builder.Services.AddGrpc(grpc => grpc.EnableDetailedErrors = true);

        var server = builder.Build();
        server.Use(RequireKey(apiKey));
        server.MapGrpcService<ResourceServiceCalls>();
        await server.StartAsync(cancellationToken);
        return new ResourceServiceHost(server, stopping, apiKey);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(StopLimit);
        await _server.StopAsync(limit.Token);
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private static Func<HttpContext, RequestDelegate, Task> RequireKey(string apiKey)
    {
        var key = Encoding.UTF8.GetBytes(apiKey);
        return (context, next) =>
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[KeyHeader].ToString()), key))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    }

    // The default one would take Ctrl-C away from the application that this server is a part of.
    private sealed class LifeOfTheOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
