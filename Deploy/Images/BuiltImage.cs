using System.Collections.Immutable;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>An image that is complete on this machine, but for layers that it takes from its base. It is known by digest before anything is pushed.</summary>
internal sealed record BuiltImage
{
    /// <summary>Name of the manifest's resource.</summary>
    public required string Resource { get; init; }

    /// <summary>Without the registry, such as <c>shop/web</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>What it is called beside its digest.</summary>
    public required string Tag { get; init; }

    /// <summary>Sorted by architecture.</summary>
    public required ImmutableArray<BuiltPlatform> Platforms { get; init; }

    /// <summary>Lists the platforms; its digest is the image's.</summary>
    public required StoredManifest Index { get; init; }

    /// <summary>Null for one that a Dockerfile describes.</summary>
    public required BaseImage? Base { get; init; }

    /// <summary>Null outside of a repository.</summary>
    public required SourceRevision? Revision { get; init; }

    /// <summary>Address of the sources' page; null where it is not known.</summary>
    public required string? Source { get; init; }

    /// <summary>What the build was told, for its provenance; nothing secret.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    public Digest Digest => Index.Digest;
}

internal sealed record BuiltPlatform
{
    public required ImagePlatform Platform { get; init; }

    public required StoredManifest Manifest { get; init; }

    /// <summary>The bytes of the image config.</summary>
    public required ImmutableArray<byte> Config { get; init; }

    /// <summary>Lowest first.</summary>
    public required ImmutableArray<ImageLayer> Layers { get; init; }

    /// <summary>Path of the <c>.deps.json</c> on this machine; null where there is none.</summary>
    public string? DependencyList { get; init; }
}

/// <summary>A layer, and where to take it from when the registry does not have it.</summary>
internal abstract record ImageLayer(Descriptor Blob)
{
    /// <param name="Blob">With an OCI media type, whatever the base calls it.</param>
    /// <param name="From">The base's repository.</param>
    public sealed record OfBase(Descriptor Blob, RepositoryAddress From) : ImageLayer(Blob);

    /// <param name="Blob">The packed layer.</param>
    /// <param name="Name">What is in it, such as <c>dependencies</c>.</param>
    /// <param name="File">On this machine.</param>
    public sealed record Packed(Descriptor Blob, string Name, string File) : ImageLayer(Blob);
}
