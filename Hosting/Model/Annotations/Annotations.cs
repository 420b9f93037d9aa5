namespace Platform.Hosting.ApplicationModel;

/// <summary>A resource starts after another one.</summary>
/// <param name="resource">The other one.</param>
/// <param name="waitType">What is waited for.</param>
/// <param name="exitCode">The exit code that is success, where the end is waited for.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code that is success.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do when it ends or cannot start; null goes on waiting.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}

/// <summary>What is waited for.</summary>
public enum WaitType
{
    /// <summary>It runs and its health checks pass.</summary>
    WaitUntilHealthy,

    /// <summary>It ended.</summary>
    WaitForCompletion,

    /// <summary>It runs.</summary>
    WaitUntilStarted,
}

/// <summary>What to do when the resource that is waited for ends or cannot start.</summary>
public enum WaitBehavior
{
    /// <summary>Go on waiting: somebody may start it again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Give up.</summary>
    StopOnResourceUnavailable,
}

/// <summary>How many instances of a resource run.</summary>
/// <param name="replicas">The number.</param>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>The number.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>A health check of a resource.</summary>
/// <param name="key">The name it was registered under in the application's services.</param>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public string Key { get; } = key;
}

/// <summary>A health check by HTTP that the host does itself, on the port that the instance listens on.</summary>
internal sealed class HttpHealthCheckAnnotation(string key, Func<EndpointReference> endpoint, string path, int statusCode) : HealthCheckAnnotation(key)
{
    public Func<EndpointReference> Endpoint { get; } = endpoint;

    public string Path { get; } = path;

    public int StatusCode { get; } = statusCode;
}

/// <summary>A health check by HTTP of something outside.</summary>
internal sealed class ExternalHealthCheckAnnotation(string key, string path, int statusCode) : HealthCheckAnnotation(key)
{
    public string Path { get; } = path;

    public int StatusCode { get; } = statusCode;
}

/// <summary>What a probe decides.</summary>
public enum ProbeType
{
    /// <summary>Whether the instance has started.</summary>
    Startup,

    /// <summary>Whether the instance gets requests.</summary>
    Readiness,

    /// <summary>Whether the instance is restarted.</summary>
    Liveness,
}

/// <summary>A probe of a deployed resource; it becomes a hint in the manifest.</summary>
public abstract class ProbeAnnotation : IResourceAnnotation
{
    /// <summary>What it decides.</summary>
    public required ProbeType Type { get; init; }

    /// <summary>Seconds after the start before the first try; 5 by default.</summary>
    public int InitialDelaySeconds { get; init; } = 5;

    /// <summary>Seconds between two tries; 5 by default.</summary>
    public int PeriodSeconds { get; init; } = 5;

    /// <summary>Seconds that one try may take; 1 by default.</summary>
    public int TimeoutSeconds { get; set; } = 1;

    /// <summary>Failures in a row that count as failure; 3 by default.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Successes in a row that count as success; 1 by default.</summary>
    public int SuccessThreshold { get; init; } = 1;
}

/// <summary>A probe by HTTP.</summary>
public sealed class EndpointProbeAnnotation : ProbeAnnotation
{
    /// <summary>The endpoint that is asked.</summary>
    public required EndpointReference EndpointReference { get; init; }

    /// <summary>The path, with its slash.</summary>
    public required string Path { get; init; }
}

/// <summary>A relation to another resource.</summary>
/// <param name="resource">The other resource.</param>
/// <param name="type"><c>Reference</c>, <c>WaitFor</c>, <c>Parent</c>, or any text.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What it is.</summary>
    public string Type { get; } = type;
}

/// <summary>What a resource starts out as.</summary>
/// <param name="initialSnapshot">The first snapshot.</param>
public class ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot) : IResourceAnnotation
{
    /// <summary>The first snapshot.</summary>
    public CustomResourceSnapshot InitialSnapshot { get; } = initialSnapshot;
}

/// <summary>The icon of a resource in the dashboard.</summary>
/// <param name="iconName">A Fluent icon.</param>
/// <param name="iconVariant">How it is drawn.</param>
public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) : IResourceAnnotation
{
    /// <summary>A Fluent icon.</summary>
    public string IconName { get; } = iconName;

    /// <summary>How it is drawn.</summary>
    public IconVariant IconVariant { get; } = iconVariant;
}

/// <summary>The resource starts when somebody asks for it.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The resource sends its telemetry to the dashboard.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation;

/// <summary>The project does not read the headers of a proxy.</summary>
public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;

/// <summary>No launch profile is used.</summary>
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;

/// <summary>The launch profile that is used.</summary>
/// <param name="launchProfileName">Its name.</param>
public sealed class LaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>Its name.</summary>
    public string LaunchProfileName { get; } = launchProfileName;
}

/// <summary>A value that was given to a resource in the model, kept for the checks at <c>Build()</c>.</summary>
internal sealed record ValueReferenceAnnotation(object Value, string Place) : IResourceAnnotation;

