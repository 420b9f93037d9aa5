using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Deploy.Images;

/// <summary>One build of one Dockerfile for one platform.</summary>
/// <param name="Platform">Such as <c>linux/arm64</c>.</param>
internal sealed record DockerfileCall(string Platform, string Context, string Dockerfile, string? Stage)
{
    /// <summary>Names of arguments; their values are in <see cref="Environment"/> under the same names.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>Secrets by name: a variable of <see cref="Environment"/>.</summary>
    public required ImmutableSortedDictionary<string, string> SecretVariables { get; init; }

    /// <summary>Secrets by name: a file.</summary>
    public required ImmutableSortedDictionary<string, string> SecretFiles { get; init; }

    /// <summary>What the builder gets and nobody sees.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>What the image and its files are said to be of, seconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>Absolute path of a file that gets the image's id.</summary>
    public required string IdFile { get; init; }

    /// <summary>Absolute path of the archive to write, in Docker's format.</summary>
    public required string Archive { get; init; }
}

/// <summary>A program that builds Dockerfiles. Values go through its environment: its arguments are seen by everyone on the machine.</summary>
internal abstract record ContainerBuilder
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private ContainerBuilder()
    {
    }

    public abstract ToolCall Build(DockerfileCall call);

    /// <summary>Writes the archive of an image that was built.</summary>
    public abstract ToolCall Save(DockerfileCall call, string id);

    /// <summary>The first that answers on this machine; null where none does.</summary>
    public static async Task<ContainerBuilder?> FindAsync(string folder, CancellationToken cancellationToken)
    {
        (ContainerBuilder Builder, ToolCall Question)[] candidates =
        [
            // The plug-in alone answers its version without an engine; asking for builders needs one.
            (new Buildx(), new ToolCall("docker", ["buildx", "inspect"], folder)),
            (new Buildah("buildah", ["bud"], ["push", "--quiet"]), new ToolCall("buildah", ["--version"], folder)),
            (new Buildah("podman", ["build"], ["push", "--quiet"]), new ToolCall("podman", ["--version"], folder)),
        ];
        foreach (var (builder, question) in candidates)
        {
            if (await ToolProcess.RunAsync(question, cancellationToken) is { ExitCode: 0 })
            {
                return builder;
            }
        }

        return null;
    }

    /// <summary><c>docker buildx</c>: the image is loaded into the engine, and saved from there.</summary>
    public sealed record Buildx : ContainerBuilder
    {
        public override ToolCall Build(DockerfileCall call) =>
            Call("docker", call, ["buildx", "build", "--load", "--provenance=false", "--progress=plain", .. Common(call), call.Context]);

        public override ToolCall Save(DockerfileCall call, string id) => Call("docker", call, ["save", "--output", call.Archive, id]);
    }

    /// <summary>Buildah, or Podman, which has it inside: neither needs an engine that runs.</summary>
    public sealed record Buildah(string Program, ImmutableArray<string> Verb, ImmutableArray<string> Export) : ContainerBuilder
    {
        public override ToolCall Build(DockerfileCall call) =>
            Call(Program, call, [.. Verb, "--isolation", "chroot", "--layers", "--identity-label=false", "--timestamp", call.Time.ToString(CultureInfo.InvariantCulture), .. Common(call), call.Context]);

        public override ToolCall Save(DockerfileCall call, string id) => Call(Program, call, [.. Export, id, $"docker-archive:{call.Archive}"]);
    }

    private static IEnumerable<string> Common(DockerfileCall call) =>
    [
        "--platform", call.Platform,
        "--file", call.Dockerfile,
        "--iidfile", call.IdFile,
        .. call.Stage is null ? [] : new[] { "--target", call.Stage },
        .. call.Arguments.SelectMany(name => new[] { "--build-arg", name }),
        .. call.SecretVariables.SelectMany(secret => new[] { "--secret", $"id={secret.Key},env={secret.Value}" }),
        .. call.SecretFiles.SelectMany(secret => new[] { "--secret", $"id={secret.Key},src={secret.Value}" }),
    ];

    private static ToolCall Call(string program, DockerfileCall call, IEnumerable<string> arguments) => new(program, [.. arguments], call.Context)
    {
        Environment = call.Environment.SetItem("SOURCE_DATE_EPOCH", call.Time.ToString(CultureInfo.InvariantCulture)),
        Limit = Limit,
    };
}
