using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Testing;

/// <summary>What a test asks of a running application.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client for a resource, through its public address.</summary>
    /// <param name="app">The application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">The endpoint; the first with HTTPS or HTTP where it is null.</param>
    /// <returns>A client whose base address is the endpoint; the caller disposes of it.</returns>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    /// <summary>The public address of an endpoint.</summary>
    /// <param name="app">The application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">The endpoint; the first with HTTPS or HTTP, else the first, where it is null.</param>
    /// <returns>The address.</returns>
    /// <exception cref="DistributedApplicationException">There is no such resource or endpoint, or it has no port yet.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var endpoints = Find(app, resourceName).Annotations.OfType<EndpointAnnotation>().ToList();
        var endpoint = endpointName is null
            ? endpoints.Find(known => known.UriScheme == "https") ?? endpoints.Find(known => known.UriScheme == "http") ?? endpoints.FirstOrDefault()
            : endpoints.Find(known => string.Equals(known.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        return endpoint?.AllocatedEndpoint is { } allocated
            ? new Uri(allocated.UriString)
            : throw new DistributedApplicationException(RunProblems.NoSuchEndpoint(resourceName, endpointName ?? "http"));
    }

    /// <summary>The connection string of a resource.</summary>
    /// <param name="app">The application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="cancellationToken">Ends the wait for the values it is made of.</param>
    /// <returns>The connection string; null where there is none.</returns>
    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Find(app, resourceName) is IResourceWithConnectionString resource ? resource.GetConnectionStringAsync(cancellationToken) : default;

    /// <summary>The telemetry that the resources have sent to the dashboard.</summary>
    /// <param name="app">The application, started with a dashboard.</param>
    /// <returns>The telemetry.</returns>
    /// <exception cref="InvalidOperationException">It has no dashboard.</exception>
    public static DistributedApplicationTelemetry GetTelemetry(this DistributedApplication app) =>
        app?.Running?.Dashboard is { } dashboard
            ? new DistributedApplicationTelemetry(dashboard.Url, dashboard.TelemetryApiKey)
            : throw new InvalidOperationException("Telemetry is kept by the dashboard: set DisableDashboard to false when the application is created.");

    private static IResource Find(DistributedApplication app, string resourceName) =>
        app.Model.Resources.FirstOrDefault(known => string.Equals(known.Name, resourceName, StringComparison.OrdinalIgnoreCase))
        ?? throw new DistributedApplicationException(RunProblems.NoSuchResource(resourceName, app.Model.Resources.Select(known => known.Name)));
}
