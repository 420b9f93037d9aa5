using System.Collections.ObjectModel;

namespace Platform.Hosting.ApplicationModel
{
    /// <summary>The resources of an application, in the order in which they were added.</summary>
    public interface IResourceCollection : IList<IResource>;

    /// <summary>The application.</summary>
    /// <param name="resources">Its resources.</param>
    public class DistributedApplicationModel(IResourceCollection resources)
    {
        /// <summary>Its resources.</summary>
        public IResourceCollection Resources { get; } = resources;
    }

    // Two resources of one name are kept both, so that Build() can name them.
    internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection;
}

namespace Platform.Hosting
{
    /// <summary>What the AppHost was started for.</summary>
    public enum DistributedApplicationOperation
    {
        /// <summary>To run the application on this machine.</summary>
        Run,

        /// <summary>To write the manifest.</summary>
        Publish,
    }

    /// <summary>What the AppHost was started for.</summary>
    public class DistributedApplicationExecutionContext
    {
        private readonly Func<IServiceProvider>? _services;

        /// <summary>Says what for.</summary>
        /// <param name="operation">Run or publish.</param>
        public DistributedApplicationExecutionContext(DistributedApplicationOperation operation) => Operation = operation;

        internal DistributedApplicationExecutionContext(DistributedApplicationOperation operation, Func<IServiceProvider> services)
            : this(operation) => _services = services;

        /// <summary>Run or publish.</summary>
        public DistributedApplicationOperation Operation { get; }

        /// <summary>Whether the manifest is written.</summary>
        public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

        /// <summary>Whether the application runs on this machine.</summary>
        public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

        /// <summary>The application's services, once it is built.</summary>
        /// <exception cref="InvalidOperationException">It is not built yet.</exception>
        public IServiceProvider ServiceProvider =>
            _services?.Invoke() ?? throw new InvalidOperationException("The services exist once the application is built.");
    }
}
