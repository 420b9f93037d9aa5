using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Dashboard;

/// <summary>Renders what is known of a resource as the dashboard reads it.</summary>
internal static class ResourceRenderer
{
    /// <summary>Renders one instance.</summary>
    /// <param name="known">What is known of it.</param>
    /// <param name="created">
    /// When it was added, where the snapshot does not say. The dashboard needs a time: without one it stops to listen, and says so nowhere.
    /// </param>
    public static Wire.Resource Render(ResourceEvent known, DateTime created)
    {
        var snapshot = known.Snapshot;
        var resource = new Wire.Resource
        {
            Name = known.ResourceId,
            DisplayName = known.Resource.Name,
            ResourceType = snapshot.ResourceType,
            Uid = known.ResourceId,
            IsHidden = snapshot.IsHidden || snapshot.State?.Text == KnownResourceStates.Hidden,
            SupportsDetailedTelemetry = known.Resource.Annotations.OfType<OtlpExporterAnnotation>().Any(),
            CreatedAt = Time(snapshot.CreationTimeStamp ?? created),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
        };
        if (snapshot.State is { } state)
        {
            resource.State = state.Text;
            if (StyleOf(state, snapshot.ExitCode) is { } style)
            {
                resource.StateStyle = style;
            }
        }

        if (known.Resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
        {
            resource.IconName = icon.IconName;
            resource.IconVariant = Variant(icon.IconVariant);
        }

        resource.Environment.AddRange(snapshot.EnvironmentVariables.Select(Render));
        resource.Commands.AddRange(snapshot.Commands.Select(Render));
        resource.Properties.AddRange(PropertiesOf(known, created).Select(Render));
        resource.Urls.AddRange(snapshot.Urls.Select(Render));
        resource.Volumes.AddRange(snapshot.Volumes.Select(volume => new Wire.Volume
        {
            Source = volume.Source ?? "",
            Target = volume.Target,
            MountType = volume.MountType,
            IsReadOnly = volume.IsReadOnly,
        }));
        resource.HealthReports.AddRange(snapshot.HealthReports.Select(Render));
        resource.Relationships.AddRange(snapshot.Relationships.Select(relationship => new Wire.ResourceRelationship
        {
            ResourceName = relationship.ResourceName,
            Type = relationship.Type,
        }));
        return resource;
    }

    private static string? StyleOf(ResourceStateSnapshot state, int? exitCode) =>
        state.Style ?? (state.Text == KnownResourceStates.Exited && exitCode is not (null or 0) ? KnownResourceStateStyles.Error : null);

    // What the dashboard's page of details reads from properties, though it has it elsewhere. What the snapshot says itself comes first.
    private static IEnumerable<ResourcePropertySnapshot> PropertiesOf(ResourceEvent known, DateTime created)
    {
        var snapshot = known.Snapshot;
        IEnumerable<ResourcePropertySnapshot> more =
        [
            new("resource.uid", known.ResourceId),
            new("resource.name", known.ResourceId),
            new("resource.type", snapshot.ResourceType),
            new("resource.displayName", known.Resource.Name),
            new("resource.state", snapshot.State?.Text),
            new(KnownProperties.ExitCode, snapshot.ExitCode),
            new("resource.createTime", snapshot.CreationTimeStamp ?? created),
            new("resource.startTime", snapshot.StartTimeStamp),
            new("resource.stopTime", snapshot.StopTimeStamp),
            new("resource.healthState", snapshot.HealthStatus?.ToString()),
            new(KnownProperties.ParentName, ParentOf(known.Resource) is { } parent ? ResourceInstancesAnnotation.IdsOf(parent)[0] : null),
        ];
        return snapshot.Properties.Concat(more.Where(property => property.Value is not null)).DistinctBy(property => property.Name);
    }

    private static IResource? ParentOf(IResource resource) =>
        resource is IResourceWithParent child
            ? child.Parent
            : resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(relation => relation.Type == KnownRelationshipTypes.Parent)?.Resource;

    private static Wire.EnvironmentVariable Render(EnvironmentVariableSnapshot variable)
    {
        var rendered = new Wire.EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        if (variable.Value is not null)
        {
            rendered.Value = variable.Value;
        }

        return rendered;
    }

    private static Wire.ResourceCommand Render(ResourceCommandSnapshot command)
    {
        var rendered = new Wire.ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = command.State switch
            {
                ResourceCommandState.Enabled => Wire.ResourceCommandState.Enabled,
                ResourceCommandState.Disabled => Wire.ResourceCommandState.Disabled,
                _ => Wire.ResourceCommandState.Hidden,
            },
        };
        if (command.DisplayDescription is not null)
        {
            rendered.DisplayDescription = command.DisplayDescription;
        }

        if (command.ConfirmationMessage is not null)
        {
            rendered.ConfirmationMessage = command.ConfirmationMessage;
        }

        if (command.IconName is not null)
        {
            rendered.IconName = command.IconName;
            rendered.IconVariant = Variant(command.IconVariant ?? IconVariant.Regular);
        }

        if (command.Parameter is not null)
        {
            rendered.Parameter = RenderValue(command.Parameter);
        }

        return rendered;
    }

    private static Wire.ResourceProperty Render(ResourcePropertySnapshot property)
    {
        var rendered = new Wire.ResourceProperty { Name = property.Name, Value = RenderValue(property.Value) };
        if (property.IsSensitive)
        {
            rendered.IsSensitive = true;
        }

        return rendered;
    }

    private static Wire.Url Render(UrlSnapshot url)
    {
        var rendered = new Wire.Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
        };
        if (url.Name is not null)
        {
            rendered.EndpointName = url.Name;
        }

        return rendered;
    }

    private static Wire.HealthReport Render(HealthReportSnapshot report)
    {
        var rendered = new Wire.HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = Time(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            rendered.Status = status switch
            {
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy => Wire.HealthStatus.Healthy,
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded => Wire.HealthStatus.Degraded,
                _ => Wire.HealthStatus.Unhealthy,
            };
        }

        return rendered;
    }

    private static Value RenderValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int or long or short or byte or double or float => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTime time => Value.ForString(time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(Value.ForString)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static Wire.IconVariant Variant(IconVariant variant) =>
        variant == IconVariant.Filled ? Wire.IconVariant.Filled : Wire.IconVariant.Regular;

    private static Timestamp? Time(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known.ToUniversalTime()) : null;
}
