using System.Collections.Immutable;

namespace Platform.Deploy.Manifests;

/// <summary>One entry of <c>resources</c>.</summary>
internal abstract record ManifestResource
{
    private ManifestResource()
    {
    }

    /// <summary>The key, as written.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>type</c>, as written; empty for an entry that is only an error.</summary>
    public required string Type { get; init; }

    /// <summary><c>project.*</c>, <c>container.*</c>, <c>dockerfile.v0</c>, <c>executable.v0</c>: what runs. The versions mean the same here: they differ in what Azure gets.</summary>
    public sealed record Workload : ManifestResource
    {
        public required WorkloadSource Source { get; init; }

        /// <summary>What <c>{NAME.connectionString}</c> stands for; null where there is none.</summary>
        public ManifestText? ConnectionString { get; init; }

        /// <summary>Replaces the entry point of the image; null keeps it.</summary>
        public ManifestText? Entrypoint { get; init; }

        public ImmutableArray<ManifestText> Args { get; init; } = [];

        public ImmutableSortedDictionary<string, ManifestText> Env { get; init; } = ImmutableSortedDictionary.Create<string, ManifestText>(StringComparer.Ordinal);

        /// <summary>In the order of the file: the first has a meaning for probes by convention.</summary>
        public ImmutableArray<ManifestBinding> Bindings { get; init; } = [];

        public ImmutableArray<ManifestVolume> Volumes { get; init; } = [];

        public ImmutableArray<ManifestBindMount> BindMounts { get; init; } = [];

        public ImmutableArray<ManifestContainerFiles> ContainerFiles { get; init; } = [];
    }

    /// <summary><c>parameter.v0</c>.</summary>
    public sealed record Parameter : ManifestResource
    {
        /// <summary>What <c>{NAME.value}</c> stands for, most often <c>{NAME.inputs.value}</c>.</summary>
        public required ManifestText Value { get; init; }

        public required bool Secret { get; init; }

        public required ParameterDefault Default { get; init; }

        /// <summary>Null where the parameter is no connection string.</summary>
        public ManifestText? ConnectionString { get; init; }
    }

    /// <summary><c>value.v0</c>: nothing but a connection string.</summary>
    public sealed record Connection : ManifestResource
    {
        public required ManifestText ConnectionString { get; init; }
    }

    /// <summary><c>annotated.string</c>: a value that passes a filter.</summary>
    public sealed record Filtered : ManifestResource
    {
        public required ManifestText Value { get; init; }

        /// <summary>Only <c>uri</c> (percent-encoding) is defined.</summary>
        public required string Filter { get; init; }
    }

    /// <summary>Any other type: Azure, Dapr, AWS templates, extensions. Kept to be refused, or substituted by a setting; what it holds is not looked at.</summary>
    public sealed record Foreign : ManifestResource;

    /// <summary>An entry whose author could not publish it.</summary>
    public sealed record Failed : ManifestResource
    {
        public required string Error { get; init; }
    }
}

/// <summary>Where the image of a workload comes from.</summary>
internal abstract record WorkloadSource
{
    private WorkloadSource()
    {
    }

    /// <summary>A .NET project.</summary>
    /// <param name="Path">Of the project file, relative to the manifest's folder, with <c>/</c>.</param>
    public sealed record Project(string Path) : WorkloadSource;

    /// <summary>A finished image.</summary>
    public sealed record Image(ManifestText Reference) : WorkloadSource;

    /// <summary>A Dockerfile. Paths are relative to the manifest's folder.</summary>
    public sealed record Build(string Context, string Dockerfile) : WorkloadSource
    {
        public string? Stage { get; init; }

        /// <summary>Only a source of files for another resource: nothing is deployed.</summary>
        public bool BuildOnly { get; init; }

        /// <summary>A null value is taken from the environment of whoever builds.</summary>
        public ImmutableSortedDictionary<string, ManifestText?> Args { get; init; } = ImmutableSortedDictionary.Create<string, ManifestText?>(StringComparer.Ordinal);

        public ImmutableSortedDictionary<string, BuildSecret> Secrets { get; init; } = ImmutableSortedDictionary.Create<string, BuildSecret>(StringComparer.Ordinal);
    }

    /// <summary>A process of the developer's machine, without an image.</summary>
    public sealed record Executable(string Command, string WorkingDirectory) : WorkloadSource;
}

/// <summary>A secret that only the build of an image sees.</summary>
internal abstract record BuildSecret
{
    private BuildSecret()
    {
    }

    /// <param name="Value">Null is taken from the variable of the same name in the environment of whoever builds.</param>
    public sealed record Env(ManifestText? Value) : BuildSecret;

    /// <param name="Source">Relative to the manifest's folder.</param>
    public sealed record File(string Source) : BuildSecret;
}

/// <summary>What a parameter has where nobody gives it a value.</summary>
internal abstract record ParameterDefault
{
    private ParameterDefault()
    {
    }

    /// <summary>It has to be given.</summary>
    public sealed record None : ParameterDefault;

    public sealed record Literal(string Value) : ParameterDefault;

    /// <summary>Made once in the target and kept there. The rules are Aspire's <c>GenerateParameterDefault</c>.</summary>
    public sealed record Generate(int MinLength) : ParameterDefault
    {
        public bool Lower { get; init; } = true;

        public bool Upper { get; init; } = true;

        public bool Numeric { get; init; } = true;

        public bool Special { get; init; } = true;

        public int MinLower { get; init; }

        public int MinUpper { get; init; }

        public int MinNumeric { get; init; }

        public int MinSpecial { get; init; }
    }
}

/// <summary>An endpoint that a workload offers.</summary>
/// <param name="Name">Unique in its workload.</param>
/// <param name="Scheme">Of the URL, such as <c>http</c>, <c>https</c>, <c>tcp</c>, <c>redis</c>.</param>
/// <param name="Protocol">Of the transport layer.</param>
/// <param name="Transport">Of the application layer.</param>
internal sealed record ManifestBinding(string Name, string Scheme, BindingProtocol Protocol, BindingTransport Transport)
{
    /// <summary>What others connect to; null: the target port, else 80 or 443 by the scheme.</summary>
    public int? Port { get; init; }

    /// <summary>What the container listens on; null: the deployer chooses.</summary>
    public int? TargetPort { get; init; }

    public bool External { get; init; }
}

internal enum BindingProtocol
{
    Tcp,
    Udp,
}

internal enum BindingTransport
{
    Http,
    Http2,
    Tcp,
}

/// <summary>Storage that outlives the process. An empty name keeps nothing.</summary>
internal sealed record ManifestVolume(string Name, string Target, bool ReadOnly);

/// <param name="Source">Relative to the manifest's folder, or absolute (which a cloud has no counterpart for).</param>
internal sealed record ManifestBindMount(string Source, string Target, bool ReadOnly);

/// <summary>Files of another resource's image that are put into this one's.</summary>
internal sealed record ManifestContainerFiles(string Resource, string Destination, ImmutableArray<string> Sources);
