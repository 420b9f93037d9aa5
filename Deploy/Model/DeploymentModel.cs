using System.Collections.Immutable;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>
/// One application in one environment, bound: every name, port, reference and default is fixed here, and later stages look at nothing else.
/// All lists are sorted by name (ordinal), so that equal input gives equal output.
/// </summary>
internal sealed record DeploymentModel
{
    public required Names Names { get; init; }

    /// <summary>Network, cluster, edge, operations: what is the same for all workloads.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>In EKS: the one that exists, or ours.</summary>
    public string ClusterName => Settings.Cluster.Existing?.Name ?? Names.Cluster;

    public required ImmutableArray<Workload> Workloads { get; init; }

    public required ImmutableArray<IngressModel> Ingresses { get; init; }

    public required ImmutableArray<SecretModel> Secrets { get; init; }

    /// <summary>Images that are built, for workloads and as sources of files.</summary>
    public required ImmutableArray<ImageModel> Images { get; init; }

    /// <summary>Repositories of images that the manifest builds and this environment does not, as a setting stands in for their resource; another environment may.</summary>
    public ImmutableArray<RepositoryModel> OtherRepositories { get; init; } = [];

    /// <summary>References of the images that run beside those that are built: of workloads, and of what the objects bring along.</summary>
    public ImmutableArray<string> OtherImages =>
    [
        .. Workloads.Select(workload => workload.Image).OfType<WorkloadImage.ThirdParty>().Select(image => image.Reference)
            .Concat(Settings.Cluster.Overprovision || Workloads.Any(workload => !workload.Gates.IsEmpty) ? [Settings.Images.GateImage] : ImmutableArray<string>.Empty)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Those of <see cref="OtherImages"/> that the environment runs from copies in its own registry.</summary>
    public ImmutableArray<string> CopiedImages => Settings.Images.Mirror ? OtherImages : [];

    /// <summary>What every resource of the manifest becomes, in the order of the manifest.</summary>
    public required ImmutableArray<CoverageEntry> Coverage { get; init; }
}

/// <summary>A value of AWS Secrets Manager that pods get. Neither the model nor any artifact holds the value.</summary>
/// <param name="Key">Lower-case name, unique in the model; file name below <c>/run/secrets/app</c>, key of the Kubernetes Secret.</param>
/// <param name="SecretName">Full name in Secrets Manager, such as <c>shop/production/password</c>.</param>
/// <param name="LogicalId">In the identity stack, for those that are generated.</param>
internal sealed record SecretModel(string Key, string SecretName, string LogicalId, SecretOrigin Origin);

/// <summary>How a secret comes to have a value.</summary>
internal abstract record SecretOrigin
{
    private SecretOrigin()
    {
    }

    /// <summary>Made once, by the identity stack.</summary>
    public sealed record Generated(int Length) : SecretOrigin
    {
        public required bool Lower { get; init; }

        public required bool Upper { get; init; }

        public required bool Numeric { get; init; }

        /// <summary>Only <c>-_.~</c>: they need no encoding in a URL and no quoting in a connection string.</summary>
        public required bool Special { get; init; }
    }

    /// <summary>Put into the target by a person before the first deployment.</summary>
    /// <param name="Description">What it is for; null where nobody said.</param>
    public sealed record Given(string? Description) : SecretOrigin;

    /// <summary>The percent-encoded form of another secret that was given.</summary>
    public sealed record Encoded(string OfKey) : SecretOrigin;
}

/// <param name="Repository">Name in the registry without the host, such as <c>shop/web</c>.</param>
/// <param name="LogicalId">In the registry stack.</param>
internal sealed record RepositoryModel(string Repository, string LogicalId);

/// <summary>An image to build and push.</summary>
/// <param name="Resource">Name of the manifest's resource.</param>
/// <param name="Repository">Name in the registry without the host, such as <c>shop/web</c>.</param>
internal sealed record ImageModel(string Resource, string Repository, ImageSource Source)
{
    /// <summary>Files of other built images that are put into this one.</summary>
    public ImmutableArray<ImageFiles> Files { get; init; } = [];

    /// <summary>Logical id of its repository in the registry stack.</summary>
    public required string LogicalId { get; init; }
}

internal abstract record ImageSource
{
    private ImageSource()
    {
    }

    /// <param name="ProjectFile">Relative to the manifest's folder.</param>
    public sealed record Project(string ProjectFile) : ImageSource;

    /// <param name="Context">Relative to the manifest's folder, as is <paramref name="Dockerfile"/>.</param>
    public sealed record Build(string Context, string Dockerfile) : ImageSource
    {
        /// <summary>
        /// The Dockerfile relative to the context, with <c>/</c>. Where the context lies above the manifest's folder it has the names of the folders between
        /// them, which no other path of the model has.
        /// </summary>
        public string DockerfileInContext { get; init; } = Path.GetRelativePath($"/{Context}", $"/{Dockerfile}").Replace('\\', '/');

        public string? Stage { get; init; }

        /// <summary>Nothing runs it; it is only a source of files.</summary>
        public bool BuildOnly { get; init; }

        /// <summary>A null value is taken from the environment of whoever builds. Never a secret.</summary>
        public ImmutableSortedDictionary<string, Value?> Args { get; init; } = ImmutableSortedDictionary.Create<string, Value?>(StringComparer.Ordinal);

        public ImmutableSortedDictionary<string, ImageBuildSecret> Secrets { get; init; } = ImmutableSortedDictionary.Create<string, ImageBuildSecret>(StringComparer.Ordinal);
    }
}

/// <summary>Exactly one of the two is there.</summary>
/// <param name="Value">A secret, or a text with secrets, that the build gets by environment.</param>
/// <param name="File">Relative to the manifest's folder.</param>
internal sealed record ImageBuildSecret(Value? Value, string? File);

/// <param name="Image"><see cref="ImageModel.Resource"/> of the source.</param>
internal sealed record ImageFiles(string Image, string Destination, ImmutableArray<string> Sources);
