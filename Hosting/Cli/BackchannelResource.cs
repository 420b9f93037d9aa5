using System.Collections.Immutable;
using System.Globalization;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Cli;

/// <summary>A resource, as the <c>aspire</c> command reads it.</summary>
internal sealed record BackchannelResource
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string ResourceType { get; init; }

    public required string? State { get; init; }

    public required string? StateStyle { get; init; }

    public required string? HealthStatus { get; init; }

    public required int? ExitCode { get; init; }

    public required DateTime? CreatedAt { get; init; }

    public required DateTime? StartedAt { get; init; }

    public required DateTime? StoppedAt { get; init; }

    public required bool IsHidden { get; init; }

    public required ImmutableArray<BackchannelUrl> Urls { get; init; }

    public required ImmutableArray<RelationshipSnapshot> Relationships { get; init; }

    public required ImmutableArray<BackchannelHealthReport> HealthReports { get; init; }

    public required ImmutableArray<VolumeSnapshot> Volumes { get; init; }

    public required ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; }

    public required ImmutableSortedDictionary<string, string?> Properties { get; init; }

    public required ImmutableArray<BackchannelCommand> Commands { get; init; }

    /// <summary>Renders one instance. Variables that the process inherits and properties that are secret are left out.</summary>
    public static BackchannelResource Render(ResourceEvent known)
    {
        var snapshot = known.Snapshot;
        return new BackchannelResource
        {
            Name = known.ResourceId,
            DisplayName = known.Resource.Name,
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text,
            StateStyle = snapshot.State?.Style,
            HealthStatus = snapshot.HealthStatus?.ToString(),
            ExitCode = snapshot.ExitCode,
            CreatedAt = snapshot.CreationTimeStamp,
            StartedAt = snapshot.StartTimeStamp,
            StoppedAt = snapshot.StopTimeStamp,
            IsHidden = snapshot.IsHidden,
            Urls = [.. snapshot.Urls.Where(url => !url.IsInactive).Select(url => new BackchannelUrl(
                url.Name, url.Url, url.IsInternal, new BackchannelUrlDisplay(url.DisplayProperties.DisplayName, url.DisplayProperties.SortOrder)))],
            Relationships = snapshot.Relationships,
            HealthReports = [.. snapshot.HealthReports.Select(report => new BackchannelHealthReport(
                report.Name, report.Status?.ToString(), report.Description, report.ExceptionText))],
            Volumes = snapshot.Volumes,
            EnvironmentVariables = [.. snapshot.EnvironmentVariables.Where(variable => variable.IsFromSpec)],
            Properties = snapshot.Properties.Where(property => !property.IsSensitive).DistinctBy(property => property.Name)
                .ToImmutableSortedDictionary(property => property.Name, property => TextOf(property.Value), StringComparer.Ordinal),
            Commands = [.. snapshot.Commands.Select(command => new BackchannelCommand(
                command.Name, command.DisplayName, command.DisplayDescription, command.State.ToString()))],
        };
    }

    private static string? TextOf(object? value) =>
        value is IEnumerable<string> texts ? string.Join(' ', texts) : Convert.ToString(value, CultureInfo.InvariantCulture);
}

/// <summary>An address of a resource.</summary>
internal sealed record BackchannelUrl(string? Name, string Url, bool IsInternal, BackchannelUrlDisplay DisplayProperties);

/// <summary>How an address is shown.</summary>
internal sealed record BackchannelUrlDisplay(string DisplayName, int SortOrder);

/// <summary>The result of a health check.</summary>
internal sealed record BackchannelHealthReport(string Name, string? Status, string? Description, string? ExceptionText);

/// <summary>A command of a resource.</summary>
internal sealed record BackchannelCommand(string Name, string DisplayName, string? Description, string State)
{
    public string Visibility { get; } = "UI, Api";

    public ImmutableArray<string> ArgumentInputs { get; } = [];
}
