using System.Text.Json;

namespace Platform.Hosting.ApplicationModel;

/// <summary>Where a resource writes itself into the manifest.</summary>
/// <param name="executionContext">Publish.</param>
/// <param name="manifestPath">Full path of the manifest.</param>
/// <param name="writer">The writer, inside the resource's object.</param>
/// <param name="cancellationToken">Ends the writing.</param>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    /// <summary>Publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Full path of the manifest.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>The writer.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Ends the writing.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A path as the manifest says it: relative to the manifest, with slashes.</summary>
    /// <param name="path">A full path.</param>
    /// <returns>The relative path; null for null.</returns>
    public string? GetManifestRelativePath(string? path) =>
        path is null ? null : Path.GetRelativePath(Path.GetDirectoryName(ManifestPath) ?? ".", path).Replace('\\', '/');
}
