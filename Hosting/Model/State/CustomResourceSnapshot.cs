using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment. It never changes; a new one takes its place.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>What the dashboard calls the kind of resource, such as <c>Project</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Facts that the dashboard shows, such as the process id.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When the resource was added; null where it is unknown.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When the process or container started; null until then.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When the process or container ended; null until then.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>What the resource does; null before anything happened. See <see cref="KnownResourceStates"/>.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>What the process ended with; null while it runs and where it is unknown.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Set once the resource runs, is healthy, and everything that waits for that moment may go on.</summary>
    public EventSnapshot? ResourceReadyEvent { get; init; }

    /// <summary>The variables that the resource was started with.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>The addresses that the dashboard shows.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>The volumes and bind mounts.</summary>
    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    /// <summary>The relations to other resources.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>The commands and whether each can be used now.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>The health checks with their last results. A check without a status has not run yet.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; init; } = [];

    /// <summary>Whether the dashboard hides the resource.</summary>
    public bool IsHidden { get; init; }

    /// <summary>
    /// The worst of the health reports; <see cref="HealthStatus.Unhealthy"/> while one is missing. Null while the resource does not run.
    /// </summary>
    public HealthStatus? HealthStatus
    {
        get
        {
            if (State?.Text != KnownResourceStates.Running)
            {
                return null;
            }

            return HealthReports.IsEmpty
                ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
                : HealthReports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
        }
    }
}

/// <summary>What a resource does.</summary>
/// <param name="Text">One of <see cref="KnownResourceStates"/>, or any text.</param>
/// <param name="Style">One of <see cref="KnownResourceStateStyles"/>; null for none.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>Takes a text for a state without a style.</summary>
    /// <param name="s">The text; null stays null.</param>
    public static implicit operator ResourceStateSnapshot?(string? s) => FromString(s);

    /// <inheritdoc cref="op_Implicit" />
    /// <returns>The state.</returns>
    public static ResourceStateSnapshot? FromString(string? s) => s is null ? null : new(s, null);
}

/// <summary>Something that happened once.</summary>
/// <param name="EventTask">Ends when all who wanted to hear of it are done.</param>
public sealed record EventSnapshot(Task EventTask);

/// <summary>A variable of a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null where it is not known.</param>
/// <param name="IsFromSpec">Whether the model sets it; false for what the process inherits.</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>An address of a resource.</summary>
/// <param name="Name">The endpoint's name; null for an address of another kind.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether it is of use only to other resources.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>Whether nothing answers there now.</summary>
    public bool IsInactive { get; init; }

    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How an address is shown.</summary>
/// <param name="DisplayName">The text; empty for the address itself.</param>
/// <param name="SortOrder">Higher comes first.</param>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A volume or bind mount.</summary>
/// <param name="Source">The volume's name, or the path on the machine.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="MountType"><c>volume</c> or <c>bind</c>.</param>
/// <param name="IsReadOnly">Whether the container cannot write there.</param>
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A relation to another resource.</summary>
/// <param name="ResourceName">The other resource.</param>
/// <param name="Type"><c>Reference</c>, <c>WaitFor</c>, <c>Parent</c>, or any text.</param>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>A fact about a resource.</summary>
/// <param name="Name">Its name; the dashboard knows those of the resource service.</param>
/// <param name="Value">A string, a number, a list of strings, or null.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the dashboard masks it.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>The result of one health check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Status">Its result; null until it has run for the first time.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="ExceptionText">What it failed with; null where it did not throw.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it ran; null until it has run.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>A command of a resource, as it can be used now.</summary>
/// <param name="Name">Its name, unique in the resource.</param>
/// <param name="State">Whether it can be used.</param>
/// <param name="DisplayName">What the button says.</param>
/// <param name="DisplayDescription">What it does; null for nothing to say.</param>
/// <param name="Parameter">Passed through to the dashboard.</param>
/// <param name="ConfirmationMessage">Asked before it runs; null for not to ask.</param>
/// <param name="IconName">A Fluent icon; null for none.</param>
/// <param name="IconVariant">How the icon is drawn.</param>
/// <param name="IsHighlighted">Whether it is a button in the row rather than an entry in the menu.</param>
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    object? Parameter,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted);

/// <summary>Whether a command can be used.</summary>
public enum ResourceCommandState
{
    /// <summary>It can be used.</summary>
    Enabled,

    /// <summary>It is shown, but cannot be used.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}

/// <summary>How an icon is drawn.</summary>
public enum IconVariant
{
    /// <summary>As lines.</summary>
    Regular,

    /// <summary>As an area.</summary>
    Filled,
}
