using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What an image is called and says of itself; the same for all its platforms.</summary>
/// <param name="Title">Name of the resource.</param>
/// <param name="Version">Such as <c>1.2.3</c>.</param>
/// <param name="Source">Address of the sources' page; null where it is not known.</param>
/// <param name="Revision">Null outside of a repository.</param>
internal sealed record ImageIdentity(string Title, string Version, string? Source, SourceRevision? Revision);

/// <summary>Puts base, layers and identity together to the documents that an image consists of. Nothing but its arguments goes in.</summary>
internal static class ImageAssembly
{
    // Outside of a repository nothing says when the sources are of, and the time of the build would be another each time.
    private static readonly DateTimeOffset NoTime = DateTimeOffset.UnixEpoch;
    private static readonly string[] PortVariables = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS"];
    private const string Annotation = "org.opencontainers.image.";

    /// <summary>The base for one platform, made to start a program that is yet to be put onto it.</summary>
    /// <param name="image">What it is called.</param>
    /// <param name="onBase">What it stands on.</param>
    /// <param name="architecture">Go's name.</param>
    /// <param name="program">Absolute path in the image.</param>
    public static PlatformDraft Project(ImageIdentity image, BaseImage onBase, string architecture, string program)
    {
        var below = onBase.Platforms[architecture];
        var process = below.Config.Config ?? new ProcessConfig();
        var config = below.Config with
        {
            Created = Time(image.Revision),
            Config = process with
            {
                User = UserOf(process),
                ExposedPorts = PortsOf(process),
                Entrypoint = [program],
                Cmd = null,
                WorkingDir = "/" + PublishedFiles.Folder,
                Labels = Merged(process.Labels, Labels(image, onBase)),
            },
            History = HistoryOf(below.Config),
        };
        var layers = below.Manifest.Layers
            .Select(layer => (ImageLayer)new ImageLayer.OfBase(new Descriptor(MediaTypes.OciLayer(layer.MediaType) ?? layer.MediaType, layer.Digest, layer.Size), onBase.Repository));
        return new PlatformDraft(below.Platform, config, [.. layers], DependencyList: null);
    }

    /// <summary>An image that others built, with what we say of it.</summary>
    public static PlatformDraft Labelled(ImageIdentity image, PlatformDraft platform)
    {
        var process = platform.Config.Config ?? new ProcessConfig();
        return platform with { Config = platform.Config with { Created = Time(image.Revision), Config = process with { Labels = Merged(process.Labels, Labels(image, onBase: null)) } } };
    }

    /// <summary>Config and layers as an image.</summary>
    public static BuiltPlatform Platform(ImagePlatform platform, ImageConfig config, ImmutableArray<ImageLayer> layers)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(config, OciJson.Config);
        var manifest = new ImageManifest
        {
            MediaType = MediaTypes.Manifest,
            Config = new Descriptor(MediaTypes.Config, Digest.Of(bytes), bytes.Length),
            Layers = [.. layers.Select(layer => layer.Blob)],
        };
        return new BuiltPlatform { Platform = platform, Config = [.. bytes], Manifest = StoredManifest.Of(manifest), Layers = layers };
    }

    /// <summary>One image for all platforms.</summary>
    public static StoredManifest Index(ImageIdentity image, BaseImage? onBase, IEnumerable<BuiltPlatform> platforms) =>
        StoredManifest.Of(new ImageIndex
        {
            MediaType = MediaTypes.Index,
            Manifests = [.. platforms
                .OrderBy(platform => platform.Platform.Architecture, StringComparer.Ordinal)
                .Select(platform => platform.Manifest.Descriptor with { Platform = platform.Platform })],
            Annotations = Labels(image, onBase),
        });

    /// <summary>RFC 3339, in UTC, whole seconds.</summary>
    public static string Time(SourceRevision? revision) =>
        (revision?.Time ?? NoTime).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>https://github.com/opencontainers/image-spec/blob/main/annotations.md.</summary>
    public static ImmutableSortedDictionary<string, string> Labels(ImageIdentity image, BaseImage? onBase)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        labels[Annotation + "title"] = image.Title;
        labels[Annotation + "version"] = image.Version;
        labels[Annotation + "created"] = Time(image.Revision);
        if (image.Revision is { } revision)
        {
            labels[Annotation + "revision"] = revision.Dirty ? revision.Commit + "-dirty" : revision.Commit;
        }

        if (image.Source is not null)
        {
            labels[Annotation + "source"] = image.Source;
        }

        if (onBase is not null)
        {
            labels[Annotation + "base.name"] = onBase.Reference;
            labels[Annotation + "base.digest"] = onBase.Digest.ToString();
        }

        return labels.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Merged(ImmutableSortedDictionary<string, string>? below, ImmutableSortedDictionary<string, string> own) =>
        (below ?? ImmutableSortedDictionary<string, string>.Empty).WithComparers(StringComparer.Ordinal).SetItems(own);

    // Never root: the base's user, else the one that Microsoft's images have beside root, else its number.
    private static string UserOf(ProcessConfig process)
    {
        const string unprivileged = "1654";
        var user = process.User ?? "";
        return user.Length > 0 && user.Split(':')[0] is not ("root" or "0") ? user : Variable(process, "APP_UID") ?? unprivileged;
    }

    private static ImmutableSortedDictionary<string, EmptyObject>? PortsOf(ProcessConfig process)
    {
        var ports = (process.ExposedPorts ?? ImmutableSortedDictionary<string, EmptyObject>.Empty).WithComparers(StringComparer.Ordinal);
        foreach (var port in PortVariables.SelectMany(name => (Variable(process, name) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            ports = ports.SetItem($"{port}/tcp", new EmptyObject());
        }

        return ports.Count == 0 ? null : ports;
    }

    private static string? Variable(ProcessConfig process, string name) =>
        (process.Env ?? []).LastOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)) is { } pair && pair.Length > name.Length + 1 ? pair[(name.Length + 1)..] : null;

    // An image has an entry for each layer or none at all.
    private static ImmutableArray<HistoryEntry> HistoryOf(ImageConfig below) =>
        below.History ?? [.. below.Rootfs.DiffIds.Select(_ => new HistoryEntry { Created = below.Created, CreatedBy = "base" })];
}
