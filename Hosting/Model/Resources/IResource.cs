namespace Platform.Hosting.ApplicationModel;

/// <summary>A part of the application: a project, an executable, a container, a parameter or something outside.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application without regard to case.</summary>
    string Name { get; }

    /// <summary>What the builder's extension methods wrote about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact about a resource. The type says what kind of fact.</summary>
public interface IResourceAnnotation;

/// <summary>What every resource has.</summary>
public abstract class Resource : IResource
{
    /// <summary>Makes a resource.</summary>
    /// <param name="name">ASCII letters, digits and hyphens, starting with a letter, at most 64 characters; checked at <c>Build()</c>.</param>
    protected Resource(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>Runs with environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>Runs with command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>Listens on endpoints.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>Can be found by others through <c>services__name__scheme__index</c> variables.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>Can wait for other resources before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>Understands HTTP probes.</summary>
public interface IResourceWithProbes : IResource;

/// <summary>Belongs to another resource and is shown under it.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The resource this one belongs to.</summary>
    IResource Parent { get; }
}

/// <inheritdoc cref="IResourceWithParent" />
/// <typeparam name="T">The type of the parent.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    /// <inheritdoc cref="IResourceWithParent.Parent" />
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>Has no process or container of its own: a parameter, a connection string.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>Can be built into a container image when the application is published.</summary>
public interface IComputeResource : IResource;

/// <summary>Takes files out of other resources' images.</summary>
public interface IContainerFilesDestinationResource : IResource;
