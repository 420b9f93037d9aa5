using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

public static partial class ResourceBuilderExtensions
{
    private static readonly string[] HttpSchemes = ["https", "http"];

    /// <summary>Starts the resource when another one runs and is healthy.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy));

    /// <summary>Starts the resource when another one runs and is healthy.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <param name="waitBehavior">What to do when the other one ends or cannot start.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport =>
        builder.Wait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy) { WaitBehavior = waitBehavior });

    /// <summary>Starts the resource when another one runs.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted));

    /// <summary>Starts the resource when another one runs.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <param name="waitBehavior">What to do when the other one ends or cannot start.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport =>
        builder.Wait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted) { WaitBehavior = waitBehavior });

    /// <summary>Starts the resource when another one has ended well. Where it ends otherwise, the resource does not start.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <param name="exitCode">The exit code that is success.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));

    /// <summary>Starts the resource only when somebody asks for it.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(new ExplicitStartupAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Checks the resource's health with a check that was added to the services of the application.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name of the check in <c>builder.Services.AddHealthChecks()</c>.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource => builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>Checks the health of every instance by HTTP, on the port that the instance itself listens on.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <c>/</c> where it is null.</param>
    /// <param name="statusCode">The status that is healthy; 200 where it is null.</param>
    /// <param name="endpointName">The endpoint; the first with HTTPS or HTTP where it is null.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints => builder.WithHttpHealthCheck(SelectEndpoint(builder.Resource, endpointName), path, statusCode);

    /// <summary>Checks the health of every instance by HTTP, on the port that the instance itself listens on.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Gives the endpoint; the first with HTTPS or HTTP where it is null.</param>
    /// <param name="path">The path; <c>/</c> where it is null.</param>
    /// <param name="statusCode">The status that is healthy; 200 where it is null.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var selector = endpointSelector ?? SelectEndpoint(builder.Resource, endpointName: null);
        var status = statusCode ?? 200;
        var key = $"{builder.Resource.Name}_{path ?? "/"}_{status}_check";
        return builder.WithAnnotation(new HttpHealthCheckAnnotation(key, selector, path ?? "/", status));
    }

    /// <summary>Describes a probe of the deployed resource; it becomes a hint in the manifest.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="type">What it decides.</param>
    /// <param name="path">The path; <c>/</c> where it is null.</param>
    /// <param name="initialDelaySeconds">Seconds before the first try; 5 where it is null.</param>
    /// <param name="periodSeconds">Seconds between two tries; 5 where it is null.</param>
    /// <param name="timeoutSeconds">Seconds that one try may take; 1 where it is null.</param>
    /// <param name="failureThreshold">Failures in a row that count as failure; 3 where it is null.</param>
    /// <param name="successThreshold">Successes in a row that count as success; 1 where it is null.</param>
    /// <param name="endpointName">The endpoint; the first with HTTPS or HTTP where it is null.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        string? path = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null,
        int? successThreshold = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints, IResourceWithProbes
    {
        foreach (var same in builder.Resource.Annotations.OfType<EndpointProbeAnnotation>().Where(known => known.Type == type).ToList())
        {
            _ = builder.Resource.Annotations.Remove(same);
        }

        return builder.WithAnnotation(new EndpointProbeAnnotation
        {
            Type = type,
            Path = path ?? "/",
            EndpointReference = SelectEndpoint(builder.Resource, endpointName)(),
            InitialDelaySeconds = initialDelaySeconds ?? 5,
            PeriodSeconds = periodSeconds ?? 5,
            TimeoutSeconds = timeoutSeconds ?? 1,
            FailureThreshold = failureThreshold ?? 3,
            SuccessThreshold = successThreshold ?? 1,
        });
    }

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, WaitAnnotation wait)
        where T : IResource => builder.WithRelationship(wait.Resource, KnownRelationshipTypes.WaitFor).WithAnnotation(wait);

    private static Func<EndpointReference> SelectEndpoint(IResourceWithEndpoints resource, string? endpointName) => () =>
        endpointName is not null
            ? resource.GetEndpoint(endpointName)
            : HttpSchemes
                .Select(scheme => resource.GetEndpoints().FirstOrDefault(endpoint => endpoint.Scheme == scheme))
                .FirstOrDefault(endpoint => endpoint is not null) ?? resource.GetEndpoint("http");
}
