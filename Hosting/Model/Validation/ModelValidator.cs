using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Validation;

/// <summary>Finds everything that is wrong with a model before anything is started or written.</summary>
internal static class ModelValidator
{
    /// <summary>All problems, in the order of the resources.</summary>
    public static ImmutableArray<Problem> Validate(DistributedApplicationModel model, bool publish, IServiceProvider services)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        problems.AddRange(NameRules.Check(model));
        foreach (var resource in model.Resources)
        {
            problems.AddRange(EndpointRules.Check(resource, publish));
            problems.AddRange(ReferenceRules.Check(resource, model, publish));
            problems.AddRange(CheckProject(resource));
            problems.AddRange(CheckContainer(resource));
            problems.AddRange(CheckExternalService(resource));
        }

        problems.AddRange(CheckHealthChecks(model, services));
        problems.AddRange(EndpointRules.CheckClashes(model));
        problems.AddRange(CycleRules.Check(model));
        return problems.ToImmutable();
    }

    private static IEnumerable<Problem> CheckProject(IResource resource)
    {
        if (resource is not ProjectResource project)
        {
            yield break;
        }

        var path = project.GetProjectMetadata().ProjectPath;
        if (!File.Exists(path))
        {
            yield return ModelProblems.MissingProject(project.Name, path);
        }
        else if (!project.Annotations.OfType<ExcludeLaunchProfileAnnotation>().Any() && LaunchProfiles.ProblemOf(project) is { } problem)
        {
            yield return problem;
        }

        if (project.GetReplicaCount() < 1)
        {
            yield return ModelProblems.InvalidReplicas(project.Name, project.GetReplicaCount());
        }
    }

    private static IEnumerable<Problem> CheckContainer(IResource resource)
    {
        if (resource is not ContainerResource container)
        {
            yield break;
        }

        if (!container.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            yield return ModelProblems.NoImage(container.Name);
        }

        if (container.Annotations.OfType<UnknownDataDirectoryAnnotation>().Any())
        {
            yield return ModelProblems.UnknownDataDirectory(container.Name, image?.Reference ?? "");
        }

        if (container.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) && !File.Exists(build.DockerfilePath))
        {
            yield return ModelProblems.MissingDockerfile(container.Name, build.DockerfilePath);
        }
    }

    private static IEnumerable<Problem> CheckExternalService(IResource resource)
    {
        if (resource is ExternalServiceResource { Uri: { } uri } && (!uri.IsAbsoluteUri || uri.AbsolutePath != "/" || uri.Fragment.Length > 0))
        {
            yield return ModelProblems.InvalidServiceUrl(resource.Name, resource.Name, uri.OriginalString);
        }
    }

    private static IEnumerable<Problem> CheckHealthChecks(DistributedApplicationModel model, IServiceProvider services)
    {
        var wanted = model.Resources
            .SelectMany(resource => resource.Annotations.Where(known => known.GetType() == typeof(HealthCheckAnnotation)).Cast<HealthCheckAnnotation>()
                .Select(check => (Resource: resource.Name, check.Key)))
            .ToList();
        if (wanted.Count == 0)
        {
            yield break;
        }

        var known = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name).ToHashSet();
        foreach (var (resource, key) in wanted.Where(check => !known.Contains(check.Key)))
        {
            yield return ModelProblems.UnknownHealthCheck(resource, key, known);
        }
    }
}
