using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Hosting.Manifests;

/// <summary>A manifest, ready to be written.</summary>
/// <param name="Resources">The resources, in the order in which they were added; what is made up for the manifest comes last.</param>
/// <param name="Hints">The resources that have something to say to a deployer, in the same order.</param>
internal sealed record ManifestDocument(ImmutableArray<ManifestResource> Resources, ImmutableArray<DeploymentHints> Hints);

/// <summary>One entry of <c>resources</c>. Every text may hold expressions such as <c>{cache.connectionString}</c>.</summary>
internal abstract record ManifestResource
{
    private ManifestResource()
    {
    }

    /// <summary>Unique in the manifest.</summary>
    public required string Name { get; init; }

    /// <summary><c>project.v0</c></summary>
    /// <param name="Path">The project file, relative to the manifest.</param>
    /// <param name="Workload">How it is started.</param>
    public sealed record ProjectEntry(string Path, ManifestWorkload Workload) : ManifestResource;

    /// <summary><c>container.v0</c>, or <c>container.v1</c> where it is built.</summary>
    /// <param name="Image">The image; null where it is built.</param>
    /// <param name="Build">How it is built; null where it is pulled.</param>
    /// <param name="Workload">How it is started.</param>
    public sealed record ContainerEntry(string? Image, ManifestBuild? Build, ManifestWorkload Workload) : ManifestResource
    {
        /// <summary>Null where nobody can refer to one.</summary>
        public string? ConnectionString { get; init; }

        /// <summary>Null keeps the image's own.</summary>
        public string? Entrypoint { get; init; }

        /// <summary>Files and folders of the machine.</summary>
        public ImmutableArray<ManifestMount> BindMounts { get; init; } = [];

        /// <summary>Volumes; the source is a name, empty for one that goes with the container.</summary>
        public ImmutableArray<ManifestMount> Volumes { get; init; } = [];
    }

    /// <summary><c>executable.v0</c></summary>
    /// <param name="WorkingDirectory">Relative to the manifest.</param>
    /// <param name="Command">The program.</param>
    /// <param name="Workload">How it is started.</param>
    public sealed record ExecutableEntry(string WorkingDirectory, string Command, ManifestWorkload Workload) : ManifestResource
    {
        /// <summary>Null where nobody can refer to one.</summary>
        public string? ConnectionString { get; init; }
    }

    /// <summary><c>parameter.v0</c></summary>
    /// <param name="IsConnectionString">Whether others refer to it as a connection string.</param>
    /// <param name="Secret">Whether its value must not be shown.</param>
    /// <param name="Default">The object <c>default</c>; null where it has none.</param>
    public sealed record ParameterEntry(bool IsConnectionString, bool Secret, JsonElement? Default) : ManifestResource;

    /// <summary><c>value.v0</c>: nothing but a connection string.</summary>
    /// <param name="ConnectionString">The connection string.</param>
    public sealed record ValueEntry(string ConnectionString) : ManifestResource;

    /// <summary><c>annotated.string</c>: another value, URL-encoded.</summary>
    /// <param name="Text">The other value.</param>
    public sealed record EncodedEntry(string Text) : ManifestResource;

    /// <summary>What the resource's own callback wrote.</summary>
    /// <param name="Content">An object.</param>
    public sealed record CustomEntry(JsonElement Content) : ManifestResource;

    /// <summary>A resource of a type that has no form in a manifest.</summary>
    public sealed record UnsupportedEntry : ManifestResource;
}

/// <summary>What all that is started has.</summary>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Its variables, in the order in which they were set first.</param>
/// <param name="Bindings">Its endpoints.</param>
internal sealed record ManifestWorkload(
    ImmutableArray<string> Arguments, ImmutableArray<KeyValuePair<string, string>> Environment, ImmutableArray<ManifestBinding> Bindings);

/// <summary>One entry of <c>bindings</c>.</summary>
/// <param name="Name">Unique in the resource.</param>
/// <param name="Scheme">Scheme of its URL.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Transport"><c>http</c>, <c>http2</c> or <c>tcp</c>.</param>
/// <param name="Port">The port that others use; null where it is the target port, or the scheme's own.</param>
/// <param name="TargetPort">The port that the container listens on; null leaves it to the deployer.</param>
/// <param name="External">Whether it can be reached from outside.</param>
internal sealed record ManifestBinding(string Name, string Scheme, string Protocol, string Transport, int? Port, int? TargetPort, bool External);

/// <summary>How an image is built.</summary>
/// <param name="Context">The folder, relative to the manifest.</param>
/// <param name="Dockerfile">The Dockerfile, relative to the manifest.</param>
/// <param name="Stage">The stage; null builds the last.</param>
/// <param name="Arguments">Build arguments; null takes one from the environment of the build.</param>
/// <param name="Secrets">Build secrets.</param>
internal sealed record ManifestBuild(
    string Context,
    string Dockerfile,
    string? Stage,
    ImmutableArray<KeyValuePair<string, string?>> Arguments,
    ImmutableArray<ManifestBuildSecret> Secrets);

/// <summary>One build secret.</summary>
/// <param name="Name">The id by which the Dockerfile mounts it.</param>
/// <param name="Value">A value, or the path of a file relative to the manifest.</param>
/// <param name="IsFile">Whether it is the latter.</param>
internal sealed record ManifestBuildSecret(string Name, string Value, bool IsFile);

/// <summary>One mount.</summary>
/// <param name="Source">A path or the name of a volume.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="IsReadOnly">Whether the container cannot write there.</param>
internal sealed record ManifestMount(string Source, string Target, bool IsReadOnly);
