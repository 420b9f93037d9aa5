using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Dcp;

/// <summary>One instance of a resource with every value known: all that is needed to start it.</summary>
internal sealed record InstanceLaunch
{
    /// <summary>Name of the instance and of its object: <c>web-abcdefgh</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The model's name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The program of a process: a path, or a name on the search path. The entry point of a container, null for the image's.</summary>
    public string? Command { get; init; }

    /// <summary>The working directory of a process; null for a container.</summary>
    public string? WorkingDirectory { get; init; }

    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Whether a secret parameter or a connection string is among the arguments, so that they are masked where people look.</summary>
    public bool HasSecretArguments { get; init; }

    /// <summary>In the order in which they were set.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Where the instance listens.</summary>
    public ImmutableArray<InstancePort> Ports { get; init; } = [];
}

/// <summary>A port that an instance listens on.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Service">The service whose proxy leads here; null without a proxy.</param>
/// <param name="Port">What the process listens on; for a container the port of this machine that leads into it.</param>
internal sealed record InstancePort(EndpointAnnotation Endpoint, string? Service, int Port);

/// <summary>What else a container is started with.</summary>
internal sealed record ContainerLaunch
{
    /// <summary>The image; with a <see cref="Build"/> its tag.</summary>
    public required string Image { get; init; }

    public DockerfileBuildAnnotation? Build { get; init; }

    /// <summary>Values of the build's arguments; null for one that is taken from the environment.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> BuildArguments { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> BuildSecrets { get; init; } = [];

    public ImmutableArray<ContainerMountAnnotation> Mounts { get; init; } = [];

    public ImmutableArray<string> RuntimeArguments { get; init; } = [];

    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The network's object; all containers of the application are in it.</summary>
    public required string Network { get; init; }

    public string? ContainerName { get; init; }

    public bool Persistent { get; init; }

    public ImagePullPolicy PullPolicy { get; init; }
}
