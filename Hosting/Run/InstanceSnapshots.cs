using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>What the dashboard is told of a resource at each step.</summary>
internal static class InstanceSnapshots
{
    public static CustomResourceSnapshot Initial(IResource resource, DateTime now) => new()
    {
        ResourceType = resource switch
        {
            ProjectResource => KnownResourceTypes.Project,
            ContainerResource => KnownResourceTypes.Container,
            ExecutableResource => KnownResourceTypes.Executable,
            ConnectionStringParameterResource or ConnectionStringResource => KnownResourceTypes.ConnectionString,
            ParameterResource => KnownResourceTypes.Parameter,
            ExternalServiceResource => KnownResourceTypes.ExternalService,
            _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
        },
        Properties = [.. Properties(resource)],
        CreationTimeStamp = now,
        State = resource.Annotations.OfType<ExplicitStartupAnnotation>().Any() ? KnownResourceStates.NotStarted : KnownResourceStates.Starting,
        HealthReports = InstanceHealth.Pending(resource),
        Volumes = [.. resource.Annotations.OfType<ContainerMountAnnotation>().Select(mount => new VolumeSnapshot(
            mount.Source, mount.Target, mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.IsReadOnly))],
        Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => new RelationshipSnapshot(relation.Resource.Name, relation.Type))],
    };

    public static CustomResourceSnapshot WithLaunch(CustomResourceSnapshot state, InstanceLaunch launch) => state with
    {
        State = KnownResourceStates.Starting,
        EnvironmentVariables = [.. launch.Environment
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, IsFromSpec: true))],
        Properties = state.ResourceType == KnownResourceTypes.Container
            ? With(WithArguments(state.Properties, KnownProperties.ContainerArgs, launch), KnownProperties.ContainerCommand, launch.Command)
            : With(WithArguments(state.Properties, KnownProperties.ExecutableArgs, launch), KnownProperties.ExecutablePath, launch.Command),
    };

    public static ImmutableArray<ResourcePropertySnapshot> WithStatus(ImmutableArray<ResourcePropertySnapshot> properties, InstanceStatus status)
    {
        var changed = With(properties, KnownProperties.ExitCode, status.HasEnded ? status.ExitCode : null);
        changed = With(changed, KnownProperties.ExecutablePid, status.HasEnded ? null : status.Pid);
        return status.ContainerId is null ? changed : With(changed, KnownProperties.ContainerId, status.ContainerId);
    }

    public static ImmutableArray<UrlSnapshot> WithActivity(ImmutableArray<UrlSnapshot> urls, bool active) =>
        [.. urls.Select(url => url with { IsInactive = !active })];

    /// <summary>Sets a fact; null removes it.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> With(ImmutableArray<ResourcePropertySnapshot> properties, string name, object? value)
    {
        var others = properties.RemoveAll(known => known.Name == name);
        return value is null ? others : others.Add(new ResourcePropertySnapshot(name, value));
    }

    private static ImmutableArray<ResourcePropertySnapshot> WithArguments(ImmutableArray<ResourcePropertySnapshot> properties, string name, InstanceLaunch launch) =>
        With(properties, name, value: null).Add(new ResourcePropertySnapshot(name, launch.Arguments) { IsSensitive = launch.HasSecretArguments });

    private static IEnumerable<ResourcePropertySnapshot> Properties(IResource resource)
    {
        switch (resource)
        {
            case ProjectResource project:
                yield return new(KnownProperties.ProjectPath, project.GetProjectMetadata().ProjectPath);
                if (project.TryGetLastAnnotation<SelectedLaunchProfile>(out var profile))
                {
                    yield return new(KnownProperties.ProjectLaunchProfile, profile.Name);
                }

                break;
            case ExecutableResource executable:
                yield return new(KnownProperties.ExecutablePath, executable.Command);
                yield return new(KnownProperties.ExecutableWorkDir, executable.WorkingDirectory);
                break;
            case ContainerResource container:
                yield return new(KnownProperties.ContainerImage, container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Reference);
                break;
            case ExternalServiceResource { Uri: { } uri }:
                yield return new(KnownProperties.Source, uri.ToString());
                break;
            default:
                break;
        }

        if (resource is IResourceWithParent { Parent: var parent })
        {
            yield return new(KnownProperties.ParentName, parent.Name);
        }
        else if (resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(known => known.Type == KnownRelationshipTypes.Parent) is { } relation)
        {
            yield return new(KnownProperties.ParentName, relation.Resource.Name);
        }
    }
}
