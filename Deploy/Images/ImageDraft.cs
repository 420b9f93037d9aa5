using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Images;

/// <summary>An image on its way: layers can still be added.</summary>
internal sealed record ImageDraft
{
    public required ImageModel Model { get; init; }

    public required ImageIdentity Identity { get; init; }

    /// <summary>Null for one that a Dockerfile describes.</summary>
    public required BaseImage? Base { get; init; }

    public required ImmutableArray<PlatformDraft> Platforms { get; init; }

    /// <summary>What the build was told, for its provenance; nothing secret.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>Where its layers are packed.</summary>
    public required LayerStore Store { get; init; }

    /// <summary>Its documents and its name, now that nothing is added any more.</summary>
    /// <param name="tag">In place of the version; null for the version.</param>
    public BuiltImage Finish(string? tag)
    {
        var platforms = Platforms.Select(platform => platform.Finish()).OrderBy(platform => platform.Platform.Architecture, StringComparer.Ordinal).ToImmutableArray();
        var index = ImageAssembly.Index(Identity, Base, platforms);
        return new BuiltImage
        {
            Resource = Model.Resource,
            Repository = Model.Repository,
            Tag = ImageTag.Of(tag ?? Identity.Version, Identity.Revision, index.Digest),
            Platforms = platforms,
            Index = index,
            Base = Base,
            Revision = Identity.Revision,
            Source = Identity.Source,
            Parameters = Parameters,
        };
    }
}

/// <summary>One layer to put on top of others.</summary>
internal sealed record AddedLayer(ImageLayer Layer, Digest DiffId, string CreatedBy);

/// <param name="Layers">Lowest first.</param>
/// <param name="DependencyList">Path of the <c>.deps.json</c> on this machine; null where there is none.</param>
internal sealed record PlatformDraft(ImagePlatform Platform, ImageConfig Config, ImmutableArray<ImageLayer> Layers, string? DependencyList)
{
    public PlatformDraft With(AddedLayer added) => this with
    {
        Config = Config with
        {
            Rootfs = Config.Rootfs with { DiffIds = Config.Rootfs.DiffIds.Add(added.DiffId) },
            History = (Config.History ?? []).Add(new HistoryEntry { Created = Config.Created, CreatedBy = added.CreatedBy }),
        },
        Layers = Layers.Add(added.Layer),
    };

    public BuiltPlatform Finish() => ImageAssembly.Platform(Platform, Config, Layers) with { DependencyList = DependencyList };
}
