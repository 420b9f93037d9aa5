using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project of the solution that the AppHost's project file refers to.</summary>
    /// <typeparam name="TProject">The generated class, such as <c>Projects.WebApp</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project of the solution that the AppHost's project file refers to.</summary>
    /// <typeparam name="TProject">The generated class, such as <c>Projects.WebApp</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, options => Use(launchProfileName, options));

    /// <summary>Adds a project of the solution that the AppHost's project file refers to.</summary>
    /// <typeparam name="TProject">The generated class, such as <c>Projects.WebApp</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configure">Says how it is started.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => builder.AddProject(name, new TProject(), configure);

    /// <summary>Adds a project by the path of its project file, or of the folder that holds it. It is built when the application starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The path; a relative one is relative to the AppHost's folder.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    /// <summary>Adds a project by the path of its project file, or of the folder that holds it. It is built when the application starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The path; a relative one is relative to the AppHost's folder.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        builder.AddProject(name, projectPath, options => Use(launchProfileName, options));

    /// <summary>Adds a project by the path of its project file, or of the folder that holds it. It is built when the application starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The path; a relative one is relative to the AppHost's folder.</param>
    /// <param name="configure">Says how it is started.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure)
    {
        var path = Path.GetFullPath(projectPath, builder.AppHostDirectory);
        if (Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var only])
        {
            path = only;
        }

        return builder.AddProject(name, new ProjectPathMetadata(path), configure);
    }

    /// <summary>Runs several instances behind one address.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">How many.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Does not let the project read the <c>X-Forwarded-*</c> headers of whoever calls it.</summary>
    /// <param name="builder">The project.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder) =>
        builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    private static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata).WithAnnotation(new OtlpExporterAnnotation());
        if (options.ExcludeLaunchProfile)
        {
            return project.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }

        if (options.LaunchProfileName is not null)
        {
            _ = project.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        }

        LaunchProfiles.AddEndpoints(project);
        return project;
    }

    private static void Use(string? launchProfileName, ProjectResourceOptions options)
    {
        options.LaunchProfileName = launchProfileName;
        options.ExcludeLaunchProfile = launchProfileName is null;
    }

    private sealed record ProjectPathMetadata(string ProjectPath) : IProjectMetadata;
}
