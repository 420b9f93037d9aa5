using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

/// <summary>Adds services outside the application.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service outside.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="url">An absolute URL with the path <c>/</c>; checked at <c>Build()</c>.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, string name, string url) =>
        builder.AddExternalService(name, new Uri(url, UriKind.RelativeOrAbsolute));

    /// <summary>Adds a service outside.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="uri">An absolute URL with the path <c>/</c>; checked at <c>Build()</c>.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, string name, Uri uri) =>
        builder.AddResource(new ExternalServiceResource(name, uri));

    /// <summary>Adds a service outside whose URL is a parameter.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="urlParameter">The parameter.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> urlParameter) =>
        builder.AddResource(new ExternalServiceResource(name, urlParameter.Resource)).WithReferenceRelationship(urlParameter.Resource);

    /// <summary>Checks the health of the service by HTTP.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="path">The path; <c>/</c> where it is null.</param>
    /// <param name="statusCode">The status that is healthy; 200 where it is null.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(
        this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = null) =>
        builder.WithAnnotation(new ExternalHealthCheckAnnotation(
            $"{builder.Resource.Name}_{path ?? "/"}_{statusCode ?? 200}_check", path ?? "/", statusCode ?? 200));
}
