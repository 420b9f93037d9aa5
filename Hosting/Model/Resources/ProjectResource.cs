using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.ApplicationModel
{
    /// <summary>A .NET project of the solution, started from its built output.</summary>
    /// <param name="name">The resource's name.</param>
    public class ProjectResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery,
        IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource;

    /// <summary>Reads what a project resource was added with.</summary>
    public static class ProjectResourceExtensions
    {
        /// <summary>Where the project is.</summary>
        /// <param name="projectResource">The project.</param>
        /// <returns>Its metadata.</returns>
        public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) =>
            projectResource.Annotations.OfType<IProjectMetadata>().Single();

        /// <summary>All projects of the application.</summary>
        /// <param name="model">The application.</param>
        /// <returns>Its projects, in the order in which they were added.</returns>
        public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model) => model.Resources.OfType<ProjectResource>();
    }
}

namespace Platform.Hosting
{
    /// <summary>Says where a project is. Implemented by the generated classes <c>Projects.X</c>.</summary>
    public interface IProjectMetadata : IResourceAnnotation
    {
        /// <summary>Full path of the project file.</summary>
        string ProjectPath { get; }

        /// <summary>The launch profiles; null where they are read from <c>Properties/launchSettings.json</c> beside the project.</summary>
        LaunchSettings? LaunchSettings => null;

        /// <summary>Whether the project is one C# file without a project file.</summary>
        bool IsFileBasedApp => false;

        /// <summary>Whether the project is never built by the host.</summary>
        bool SuppressBuild => false;
    }

    /// <summary>A project whose output was built together with the AppHost, so that it can be started as it is.</summary>
    public interface IBuiltProjectMetadata : IProjectMetadata
    {
        /// <summary>Full path of the assembly that the build made.</summary>
        string AssemblyPath { get; }
    }

    /// <summary>How a project is started.</summary>
    public class ProjectResourceOptions
    {
        /// <summary>The launch profile; null takes the AppHost's own, or the first that starts the project.</summary>
        public string? LaunchProfileName { get; set; }

        /// <summary>Whether no launch profile is used.</summary>
        public bool ExcludeLaunchProfile { get; set; }
    }
}
