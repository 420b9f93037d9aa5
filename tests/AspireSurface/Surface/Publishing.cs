#nullable enable
namespace Aspire.Hosting.Publishing;

public sealed partial class BeforePublishEvent : IDistributedApplicationEvent
{
    public BeforePublishEvent(IServiceProvider services, DistributedApplicationModel model) { }
    public DistributedApplicationModel Model => throw null!;
    public IServiceProvider Services => throw null!;
}

public sealed partial class AfterPublishEvent : IDistributedApplicationEvent
{
    public AfterPublishEvent(IServiceProvider services, DistributedApplicationModel model) { }
    public DistributedApplicationModel Model => throw null!;
    public IServiceProvider Services => throw null!;
}

public sealed partial class ManifestPublishingContext
{
    public ManifestPublishingContext(DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default) { }
    public CancellationToken CancellationToken => throw null!;
    public DistributedApplicationExecutionContext ExecutionContext => throw null!;
    public string ManifestPath => throw null!;
    public Utf8JsonWriter Writer => throw null!;
    public string? GetManifestRelativePath(string? path) => throw null!;
    public void TryAddDependentResources(object? value) => throw null!;
    public void WriteBindings(IResource resource) => throw null!;
    public Task WriteCommandLineArgumentsAsync(IResource resource) => throw null!;
    public void WriteConnectionString(IResource resource) => throw null!;
    public Task WriteContainerAsync(ContainerResource container) => throw null!;
    public Task WriteEnvironmentVariablesAsync(IResource resource) => throw null!;
}
