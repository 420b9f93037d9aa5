using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults.Health;

/// <summary>Makes the server listen on the management port beside the addresses that it was given.</summary>
/// <remarks>It runs after all of the application's own set-up and before the server starts. The server reads its addresses from the configuration only
/// while it has none, so the configured ones are added here too, by the server's own rules.</remarks>
internal sealed class ManagementPort(ServiceDefaultsSettings settings, IServer server, IConfiguration configuration) : IHostedLifecycleService
{
    private const string DefaultAddress = "http://localhost:5000";

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (settings.ManagementPort is { } port && server.Features.Get<IServerAddressesFeature>() is { } feature)
        {
            Listen(port, feature.Addresses);
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var listens = settings.ManagementPort is not { } port
            || server.Features.Get<IServerAddressesFeature>() is not { Addresses.Count: > 0 } feature
            || feature.Addresses.Any(address => BindingAddress.Parse(address).Port == port);
        return listens
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"The server does not listen on {ServiceDefaultsSettings.ManagementPortKey} {settings.ManagementPort}, because its endpoints are set under "
                + "Kestrel:Endpoints or in code. Give the addresses as URLs instead, or remove the setting.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Listen(int port, ICollection<string> addresses)
    {
        if (addresses.Count == 0)
        {
            foreach (var address in ConfiguredAddresses(configuration))
            {
                addresses.Add(address);
            }
        }

        if (addresses.FirstOrDefault(address => BindingAddress.Parse(address).Port == port) is { } taken)
        {
            throw new InvalidOperationException(
                $"{ServiceDefaultsSettings.ManagementPortKey} is {port}, which is the port of '{taken}' too. Give the management port a number of its own.");
        }

        addresses.Add($"http://*:{port.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string[] ConfiguredAddresses(IConfiguration configuration)
    {
        var urls = Split(configuration["urls"]);
        if (urls.Length == 0)
        {
            urls =
            [
                .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
                .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}"),
            ];
        }

        return urls.Length == 0 ? [DefaultAddress] : urls;
    }

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
