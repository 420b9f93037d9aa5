#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceSnapshotAnnotation : IResourceAnnotation
{
    public ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot) { }
    public CustomResourceSnapshot InitialSnapshot => throw null!;
}

public partial class ResourceNotificationService : IDisposable
{
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime, IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService) { }
    public void Dispose() => throw null!;
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) => throw null!;
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) => throw null!;
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent) => throw null!;
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) => throw null!;
    public Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default) => throw null!;
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) => throw null!;
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) => throw null!;
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default) => throw null!;
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) => throw null!;
    public IAsyncEnumerable<ResourceEvent> WatchAsync(CancellationToken cancellationToken = default) => throw null!;
}

public sealed partial class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get => throw null!; set { } }
}

public partial class ResourceEvent
{
    public ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot) { }
    public IResource Resource => throw null!;
    public string ResourceId => throw null!;
    public CustomResourceSnapshot Snapshot => throw null!;
}

public sealed partial record CustomResourceSnapshot()
{
    public ImmutableArray<ResourceCommandSnapshot> Commands { get => throw null!; init { } }
    public DateTime? CreationTimeStamp { get => throw null!; init { } }
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get => throw null!; init { } }
    public int? ExitCode { get => throw null!; init { } }
    public ImmutableArray<HealthReportSnapshot> HealthReports => throw null!;
    public HealthStatus? HealthStatus => throw null!;
    public string? IconName { get => throw null!; init { } }
    public IconVariant? IconVariant { get => throw null!; init { } }
    public bool IsHidden { get => throw null!; init { } }
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get => throw null!; init { } }
    public ImmutableArray<RelationshipSnapshot> Relationships { get => throw null!; init { } }
    public required string ResourceType { get => throw null!; init { } }
    public DateTime? StartTimeStamp { get => throw null!; init { } }
    public ResourceStateSnapshot? State { get => throw null!; init { } }
    public DateTime? StopTimeStamp { get => throw null!; init { } }
    public ImmutableArray<UrlSnapshot> Urls { get => throw null!; init { } }
    public ImmutableArray<VolumeSnapshot> Volumes { get => throw null!; init { } }
}

public static partial class CustomResourceSnapshotExtensions
{
    public static CustomResourceSnapshot WithHealthReports(this CustomResourceSnapshot snapshot, ImmutableArray<HealthReportSnapshot> healthReports) => throw null!;
}

public static partial class CustomResourceKnownProperties
{
    public static string ConnectionString => throw null!;
    public static string Source => throw null!;
}

public sealed partial record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => throw null!;
}

public sealed partial record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

public sealed partial record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    public DateTime? LastRunAt { get => throw null!; init { } }
}

public sealed partial record RelationshipSnapshot(string ResourceName, string Type);

public sealed partial record ResourcePropertySnapshot(string Name, object? Value)
{
    public bool IsSensitive { get => throw null!; init { } }
}

public sealed partial record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    public UrlDisplayPropertiesSnapshot DisplayProperties { get => throw null!; init { } }
    public bool IsInactive { get => throw null!; init { } }
}

public sealed partial record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

public sealed partial record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

public static partial class KnownResourceStates
{
    public static readonly string Active = null!;
    public static readonly string Building = null!;
    public static readonly string Exited = null!;
    public static readonly string FailedToStart = null!;
    public static readonly string Finished = null!;
    public static readonly string NotStarted = null!;
    public static readonly string Running = null!;
    public static readonly string RuntimeUnhealthy = null!;
    public static readonly string Starting = null!;
    public static readonly string Stopping = null!;
    public static readonly string ValueMissing = null!;
    public static readonly string Waiting = null!;
    [Obsolete("Obsolete in Aspire.")] public static readonly string Hidden = null!;
    public static readonly IReadOnlyList<string> BuildableStates = null!;
    public static readonly IReadOnlyList<string> TerminalStates = null!;
}

public static partial class KnownResourceStateStyles
{
    public static readonly string Error = null!;
    public static readonly string Info = null!;
    public static readonly string Success = null!;
    public static readonly string Warn = null!;
}

public partial class ResourceLoggerService : IDisposable
{
    public void ClearBacklog(string resourceName) => throw null!;
    public void Complete(IResource resource) => throw null!;
    public void Complete(string name) => throw null!;
    public void Dispose() => throw null!;
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => throw null!;
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => throw null!;
    public ILogger GetLogger(IResource resource) => throw null!;
    public ILogger GetLogger(string resourceName) => throw null!;
    public IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync(CancellationToken cancellationToken = default) => throw null!;
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => throw null!;
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => throw null!;
}

public readonly partial record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

public readonly partial record struct LogSubscriber(string Name, bool AnySubscribers);
