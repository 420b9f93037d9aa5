using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource a connection string, in <c>ConnectionStrings__name</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The resource that has the connection string.</param>
    /// <param name="connectionName">The name to use; the source's own where it is null.</param>
    /// <param name="optional">Whether it may be absent.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var variable = connectionName is null && resource.ConnectionStringEnvironmentVariable is { } own
            ? own
            : $"ConnectionStrings__{connectionName ?? resource.Name}";
        return builder
            .WithReferenceRelationship(resource)
            .WithAnnotation(new ValueReferenceAnnotation(resource, $"env.{variable}"))
            .WithEnvironment(context =>
                context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional));
    }

    /// <summary>Gives the resource the URLs of another one, in <c>services__name__endpoint__0</c> and <c>NAME_ENDPOINT</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.WithReference(source, source.Resource.Name);

    /// <summary>Gives the resource the URLs of another one under a name of its own.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <param name="name">The name.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        return builder
            .WithReferenceRelationship(resource)
            .WithAnnotation(new ValueReferenceAnnotation(resource, $"env.services__{name}"))
            .WithEnvironment(context =>
            {
                foreach (var endpoint in resource.GetEndpoints().Where(endpoint => !endpoint.EndpointAnnotation.ExcludeReferenceEndpoint))
                {
                    AddServiceDiscovery(context, name, endpoint);
                }
            });
    }

    /// <summary>Gives the resource the URL of one endpoint, in <c>services__name__endpoint__0</c> and <c>NAME_ENDPOINT</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        var name = endpointReference.Resource.Name;
        return builder
            .WithReferenceRelationship(endpointReference.Resource)
            .WithAnnotation(new ValueReferenceAnnotation(endpointReference, $"env.services__{name}__{endpointReference.EndpointName}"))
            .WithEnvironment(context => AddServiceDiscovery(context, name, endpointReference));
    }

    /// <summary>Gives the resource a URL, in <c>services__name__default__0</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="uri">An absolute URL with the path <c>/</c>.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
        {
            throw new DistributedApplicationException(ModelProblems.InvalidServiceUrl(builder.Resource.Name, name, uri.OriginalString));
        }

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    /// <summary>Gives the resource the URL of something outside, in <c>services__name__scheme__0</c> and <c>NAME</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="externalService">The service outside.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment
    {
        var service = externalService.Resource;
        _ = builder.WithReferenceRelationship(service);
        var plain = EnvironmentName(service.Name);
        if (service.UrlParameter is { } parameter)
        {
            // The scheme is part of a value that is not known yet.
            return builder
                .WithAnnotation(new ValueReferenceAnnotation(parameter, $"env.services__{service.Name}"))
                .WithEnvironment(context =>
                {
                    context.EnvironmentVariables[$"services__{service.Name}__default__0"] = parameter;
                    context.EnvironmentVariables[plain] = parameter;
                });
        }

        var url = service.Uri?.ToString() ?? "";
        return builder.WithEnvironment($"services__{service.Name}__{service.Uri?.Scheme}__0", url).WithEnvironment(plain, url);
    }

    /// <summary>Shows in the dashboard that the resource uses another one.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <summary>Shows in the dashboard that the resource uses another one.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

    /// <summary>Shows in the dashboard how the resource relates to another one.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    /// <param name="type">What the relation is.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource =>
        ReferenceEquals(builder.Resource, resource)
        || builder.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(known => ReferenceEquals(known.Resource, resource) && known.Type == type)
            ? builder
            : builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Shows the resource under another one in the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Shows the resource under another one in the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithParentRelationship(parent.Resource);

    /// <summary>Shows another resource under this one in the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child)
        where T : IResource
    {
        _ = child.WithParentRelationship(builder.Resource);
        return builder;
    }

    private static void AddServiceDiscovery(EnvironmentCallbackContext context, string service, EndpointReference endpoint)
    {
        context.EnvironmentVariables[$"{EnvironmentName(service)}_{EnvironmentName(endpoint.EndpointName)}"] = endpoint;
        context.EnvironmentVariables[$"services__{service}__{endpoint.EndpointName}__0"] = endpoint;
    }

    // What a shell accepts as the name of a variable.
    private static string EnvironmentName(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));
}
