using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

/// <summary>A connection string made of other values.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="connectionStringExpression">How it is made.</param>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport, IResourceWithoutLifetime
{
    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}

/// <summary>Something outside the application that is reached by a URL.</summary>
public sealed class ExternalServiceResource : Resource, IResourceWithoutLifetime
{
    /// <summary>A service whose URL is known.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="uri">An absolute URL with the path <c>/</c>, without a fragment; checked at <c>Build()</c>.</param>
    public ExternalServiceResource(string name, Uri uri)
        : base(name) => Uri = uri;

    /// <summary>A service whose URL is a parameter.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="urlParameter">The parameter.</param>
    public ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name) => UrlParameter = urlParameter;

    /// <summary>The URL; null where it is a parameter.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter that has the URL; null where it is known.</summary>
    public ParameterResource? UrlParameter { get; }
}
