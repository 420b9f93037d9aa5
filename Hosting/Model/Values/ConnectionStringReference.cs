namespace Platform.Hosting.ApplicationModel;

/// <summary>The connection string of a resource, as a value.</summary>
/// <param name="resource">The resource.</param>
/// <param name="optional">Whether it may be absent.</param>
public class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IExpressionValue, IValueWithReferences
{
    /// <summary>The resource.</summary>
    public IResourceWithConnectionString Resource { get; } = resource;

    /// <summary>Whether it may be absent.</summary>
    public bool Optional { get; } = optional;

    /// <inheritdoc />
    public string ValueExpression => Source.ValueExpression;

    /// <inheritdoc />
    public IEnumerable<object> References => [Resource];

    private IResourceWithConnectionString Source =>
        Resource.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect) ? redirect.Resource : Resource;

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        var value = await Source.GetValueAsync(context, cancellationToken);
        return string.IsNullOrEmpty(value) && !Optional
            ? throw new DistributedApplicationException(RunProblems.EmptyConnectionString(Resource.Name))
            : value;
    }
}
