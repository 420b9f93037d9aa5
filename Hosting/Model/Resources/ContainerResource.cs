namespace Platform.Hosting.ApplicationModel;

/// <summary>A container.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="entrypoint">What runs in it; null for what the image says.</param>
public class ContainerResource(string name, string? entrypoint = null) : Resource(name), IResourceWithEnvironment, IResourceWithArgs,
    IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <summary>What runs in it; null for what the image says.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The registry; null for the engine's default.</summary>
    public string? Registry { get; set; }

    /// <summary>The image without registry, tag and digest.</summary>
    public required string Image { get; set; }

    /// <summary>The tag; null with a digest, or for <c>latest</c>.</summary>
    public string? Tag { get; set; }

    /// <summary>The digest in hexadecimal; null for a tag.</summary>
    public string? SHA256 { get; set; }

    /// <summary>The image as an engine takes it.</summary>
    internal string Reference =>
        (Registry is null ? "" : $"{Registry}/") + Image + (SHA256 is not null ? $"@sha256:{SHA256}" : Tag is not null ? $":{Tag}" : ":latest");
}

/// <summary>A folder or volume in a container.</summary>
/// <param name="source">The volume's name, or the path on the machine; null for a volume without a name.</param>
/// <param name="target">The path in the container.</param>
/// <param name="type">Volume or bind mount.</param>
/// <param name="isReadOnly">Whether the container cannot write there.</param>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The volume's name, or the path on the machine.</summary>
    public string? Source { get; } = source;

    /// <summary>The path in the container.</summary>
    public string Target { get; } = target;

    /// <summary>Volume or bind mount.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container cannot write there.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    /// <summary>A file or folder of the machine.</summary>
    BindMount,

    /// <summary>A volume of the engine.</summary>
    Volume,
}

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as the application.</summary>
    Session,

    /// <summary>Until somebody removes it.</summary>
    Persistent,
}

/// <summary>When an image is pulled.</summary>
public enum ImagePullPolicy
{
    /// <summary>As the engine does.</summary>
    Default,

    /// <summary>Each time.</summary>
    Always,

    /// <summary>When the machine does not have it.</summary>
    Missing,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>How long a container lives.</summary>
public sealed class ContainerLifetimeAnnotation : IResourceAnnotation
{
    /// <summary>How long.</summary>
    public required ContainerLifetime Lifetime { get; set; }
}

/// <summary>The name of a container in the engine.</summary>
public sealed class ContainerNameAnnotation : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public required string Name { get; set; }
}

/// <summary>When the image is pulled.</summary>
public sealed class ContainerImagePullPolicyAnnotation : IResourceAnnotation
{
    /// <summary>When.</summary>
    public required ImagePullPolicy ImagePullPolicy { get; set; }
}

/// <summary>Another name of a container in the network.</summary>
/// <param name="alias">The name.</param>
public sealed class ContainerNetworkAliasAnnotation(string alias) : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias;
}

/// <summary>More arguments for the engine's <c>run</c>.</summary>
/// <param name="callback">Adds them.</param>
public sealed class ContainerRuntimeArgsCallbackAnnotation(Func<ContainerRuntimeArgsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Adds them.</summary>
    public Func<ContainerRuntimeArgsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>Collects arguments for the engine's <c>run</c>.</summary>
/// <param name="args">The arguments.</param>
/// <param name="cancellationToken">Ends the collecting.</param>
public sealed class ContainerRuntimeArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments; values that are known later are possible.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>Ends the collecting.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>The image is built from a Dockerfile.</summary>
/// <param name="contextPath">Full path of the folder that the build sees.</param>
/// <param name="dockerfilePath">Full path of the Dockerfile.</param>
/// <param name="stage">The stage to build; null for the last.</param>
public class DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) : IResourceAnnotation
{
    /// <summary>Full path of the folder that the build sees.</summary>
    public string ContextPath { get; } = contextPath;

    /// <summary>Full path of the Dockerfile.</summary>
    public string DockerfilePath { get; } = dockerfilePath;

    /// <summary>The stage to build.</summary>
    public string? Stage { get; } = stage;

    /// <summary>Build arguments; null for one without a value.</summary>
    public Dictionary<string, object?> BuildArguments { get; } = [];

    /// <summary>Build secrets.</summary>
    public Dictionary<string, object> BuildSecrets { get; } = [];
}
