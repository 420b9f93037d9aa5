using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.WebApp.Tests.Hosts;

/// <summary>The web application in this process, without a network: requests come from the address that a test gives in the header
/// <c>Test-Client</c>.</summary>
internal sealed class WebAppFactory(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    public const string ClientHeader = "Test-Client";

    public Action<IServiceCollection> Change { get; init; } = _ => { };

    public HttpClient CreatePlainClient() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new ClientAddress()));
            services.AddLogging(logging => logging.ClearProviders().Services.AddSingleton<ILoggerProvider, RecordedLog>());
            Change(services);
        });
    }

    private sealed class ClientAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers[ClientHeader], out var address) ? address : IPAddress.Loopback;
                return rest(context);
            });
            next(app);
        };
    }
}
