using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>The addresses of a resource, as the dashboard and the terminal show them.</summary>
internal static class ResourceUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(IResource resource, RunContext run, CancellationToken cancellationToken)
    {
        var urls = Endpoints(resource).ToList();
        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>().Select(url => Absolute(url, resource)).OfType<ResourceUrlAnnotation>());
        var context = new ResourceUrlsCallbackContext(run.ExecutionContext, resource, urls, cancellationToken) { Logger = run.Loggers.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return [.. context.Urls
            .Select(url => Absolute(url, resource))
            .OfType<ResourceUrlAnnotation>()
            .Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                IsInactive = true,
                DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
            })];
    }

    private static IEnumerable<ResourceUrlAnnotation> Endpoints(IResource resource)
    {
        _ = resource.TryGetLastAnnotation<SelectedLaunchProfile>(out var selected);
        var launchUrl = selected?.Profile.LaunchUrl;
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.AllocatedEndpoint is { } allocated && resource is IResourceWithEndpoints listener)
            {
                var path = endpoint.FromLaunchProfile && launchUrl is not null ? launchUrl : "";
                launchUrl = endpoint.FromLaunchProfile ? null : launchUrl;
                yield return new ResourceUrlAnnotation
                {
                    Url = path.Length == 0 ? allocated.UriString : new Uri(new Uri(allocated.UriString), path).ToString(),
                    Endpoint = new EndpointReference(listener, endpoint),
                };
            }
        }
    }

    // "/docs" belongs to the first web address; without one it leads nowhere.
    private static ResourceUrlAnnotation? Absolute(ResourceUrlAnnotation url, IResource resource)
    {
        if (!url.Url.StartsWith('/'))
        {
            return url;
        }

        var first = url.Endpoint?.EndpointAnnotation
            ?? resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.UriScheme is "http" or "https");
        return first?.AllocatedEndpoint is not { } allocated ? null : new ResourceUrlAnnotation
        {
            Url = new Uri(new Uri(allocated.UriString), url.Url).ToString(),
            DisplayText = url.DisplayText,
            DisplayOrder = url.DisplayOrder,
            DisplayLocation = url.DisplayLocation,
            Endpoint = url.Endpoint,
        };
    }
}
