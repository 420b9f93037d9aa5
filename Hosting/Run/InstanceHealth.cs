using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>Runs the health checks of one instance.</summary>
internal sealed class InstanceHealth : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    // A connection per check: one that is kept alive would hold back a process that drains its connections before it ends.
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = Deadline,
    };

    private readonly IServiceProvider _services;

    public InstanceHealth(IServiceProvider services) => _services = services;

    /// <summary>A report without a status for every check: the dashboard then waits instead of showing a resource as healthy.</summary>
    public static ImmutableArray<HealthReportSnapshot> Pending(IResource resource) =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, Status: null, null, null))];

    /// <summary>Runs all checks at the same time.</summary>
    public async Task<ImmutableArray<HealthReportSnapshot>> RunAsync(
        IResource resource, ImmutableArray<InstancePort> ports, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check switch
        {
            HttpHealthCheckAnnotation http => ByHttpAsync(http.Key, AddressOf(http, ports), http.StatusCode, cancellationToken),
            ExternalHealthCheckAnnotation external => ByHttpAsync(external.Key, () => AddressOfAsync(resource, external, cancellationToken), external.StatusCode, cancellationToken),
            _ => RegisteredAsync(check.Key, cancellationToken),
        }))];

    public void Dispose() => _http.Dispose();

    private static Func<ValueTask<Uri>> AddressOf(HttpHealthCheckAnnotation check, ImmutableArray<InstancePort> ports)
    {
        var endpoint = check.Endpoint();
        var own = ports.FirstOrDefault(port => ReferenceEquals(port.Endpoint, endpoint.EndpointAnnotation));

        // The check may look at another resource, which is asked through its public port.
        return () => ValueTask.FromResult(new Uri(new Uri(own is null ? endpoint.Url : $"{endpoint.Scheme}://localhost:{own.Port}"), check.Path));
    }

    private static async ValueTask<Uri> AddressOfAsync(IResource resource, ExternalHealthCheckAnnotation check, CancellationToken cancellationToken)
    {
        var service = (ExternalServiceResource)resource;
        var address = service.Uri ?? new Uri(await (service.UrlParameter?.GetValueAsync(cancellationToken) ?? default) ?? "");
        return new Uri(address, check.Path);
    }

    private async Task<HealthReportSnapshot> ByHttpAsync(string key, Func<ValueTask<Uri>> address, int statusCode, CancellationToken cancellationToken)
    {
        try
        {
            var url = await address();
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.ConnectionClose = true;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var got = (int)response.StatusCode;
            return got == statusCode
                ? Report(key, HealthStatus.Healthy, description: null, exception: null)
                : Report(key, HealthStatus.Unhealthy, $"{url} answered {got} where {statusCode} is healthy.", exception: null);
        }
        catch (HttpRequestException refused)
        {
            var why = refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "nothing listens there yet" : refused.Message;
            return Report(key, HealthStatus.Unhealthy, $"The request failed: {why}.", exception: null);
        }
        catch (Exception invalid) when (invalid is UriFormatException or NotSupportedException or InvalidOperationException)
        {
            return Report(key, HealthStatus.Unhealthy, $"The address is none: {invalid.Message}", exception: null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Report(key, HealthStatus.Unhealthy, $"There was no answer within {Deadline.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.", exception: null);
        }
    }

    private async Task<HealthReportSnapshot> RegisteredAsync(string key, CancellationToken cancellationToken)
    {
        var registration = _services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.First(known => known.Name == key);
        try
        {
            await using var scope = _services.CreateAsyncScope();
            var check = registration.Factory(scope.ServiceProvider);
            var result = await check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, cancellationToken)
                .WaitAsync(registration.Timeout, cancellationToken);
            return Report(key, result.Status, result.Description, result.Exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // a check is the user's code: whatever it throws means that the resource is not healthy
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report(key, registration.FailureStatus, exception.Message, exception);
        }
    }

    private static HealthReportSnapshot Report(string key, HealthStatus status, string? description, Exception? exception) =>
        new(key, status, description, exception?.ToString()) { LastRunAt = DateTime.UtcNow };
}
