using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>
/// The packages of the system that an image stands on, from the lists that its package manager leaves in it: dpkg's, one file or, in images without
/// dpkg, one a package; apk's.
/// </summary>
internal static class BasePackages
{
    private const string StatusFolder = "var/lib/dpkg/status.d/";
    private static readonly string[] Lists = ["var/lib/dpkg/status", "lib/apk/db/installed", "usr/lib/os-release", "etc/os-release"];

    // A list of all packages of a full Debian is a tenth of it.
    private const long LongestList = 64 * 1024 * 1024;

    /// <param name="repository">Of the base.</param>
    /// <param name="platform">One of its platforms.</param>
    /// <param name="bases">Where layers are downloaded to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">A layer cannot be read.</exception>
    public static async Task<ImmutableArray<ImagePackage>> ReadAsync(
        RepositoryAddress repository, BasePlatform platform, BaseImages bases, CancellationToken cancellationToken)
    {
        // What a higher layer has counts.
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in platform.Manifest.Layers)
        {
            foreach (var (path, text) in await ListsAsync(repository, layer, bases, cancellationToken))
            {
                files[path] = text;
            }
        }

        return Parse(files, platform.Platform.Architecture);
    }

    // Unpacking a base takes longer than all else of a push, and what a digest stands for never changes: the lists are kept beside the layer.
    private static async Task<Dictionary<string, string>> ListsAsync(RepositoryAddress repository, Descriptor layer, BaseImages bases, CancellationToken cancellationToken)
    {
        var kept = bases.ListsOf(layer);
        if (Kept(kept) is { } known)
        {
            return known;
        }

        var lists = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = await bases.LayerAsync(repository, layer, cancellationToken);
        try
        {
            await CollectAsync(file, layer.MediaType, lists, cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DeployException([ImageProblems.UnreadableLayer(repository, layer.Digest)], failure);
        }

        var part = $"{kept}.{Path.GetRandomFileName()}";
        await File.WriteAllBytesAsync(part, JsonSerializer.SerializeToUtf8Bytes(lists, ListJson.Default.DictionaryStringString), cancellationToken);
        File.Move(part, kept, overwrite: true);
        return lists;
    }

    private static Dictionary<string, string>? Kept(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ListJson.Default.DictionaryStringString) : null;
        }
        catch (JsonException)
        {
            // Only a cache.
            return null;
        }
    }

    /// <param name="files">Content by path: what of the known lists an image has.</param>
    /// <param name="architecture">Go's name.</param>
    public static ImmutableArray<ImagePackage> Parse(IReadOnlyDictionary<string, string> files, string architecture)
    {
        var system = Fields(files.GetValueOrDefault("etc/os-release") ?? files.GetValueOrDefault("usr/lib/os-release") ?? "", '=');
        var name = system.GetValueOrDefault("ID", "linux").Trim('"');
        var release = system.GetValueOrDefault("VERSION_ID", "").Trim('"');
        var qualifiers = $"?arch={architecture}{(release.Length == 0 ? "" : $"&distro={name}-{release}")}";
        var debian = files.Where(file => file.Key == Lists[0] || file.Key.StartsWith(StatusFolder, StringComparison.Ordinal))
            .SelectMany(file => Paragraphs(file.Value))
            .Select(paragraph => Fields(paragraph, ':'))
            .Where(fields => fields.ContainsKey("Package") && fields.GetValueOrDefault("Status", "installed").EndsWith("installed", StringComparison.Ordinal))
            .Select(fields => (Kind: "deb", Name: fields["Package"], Version: fields.GetValueOrDefault("Version", "")));
        var alpine = Paragraphs(files.GetValueOrDefault(Lists[1]) ?? "")
            .Select(paragraph => Fields(paragraph, ':'))
            .Where(fields => fields.ContainsKey("P"))
            .Select(fields => (Kind: "apk", Name: fields["P"], Version: fields.GetValueOrDefault("V", "")));
        return [.. debian.Concat(alpine)
            .Distinct()
            .OrderBy(package => package.Name, StringComparer.Ordinal)
            .Select(package => new ImagePackage(
                package.Name, package.Version, $"pkg:{package.Kind}/{name}/{Uri.EscapeDataString(package.Name)}{(package.Version.Length == 0 ? "" : "@")}{Uri.EscapeDataString(package.Version)}{qualifiers}"))];
    }

    private static async Task CollectAsync(string file, string mediaType, Dictionary<string, string> files, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        if (mediaType == MediaTypes.LayerZstd)
        {
            // Nothing of .NET reads it; such a base has its packages listed as unknown.
            return;
        }

        await using var plain = mediaType == MediaTypes.Layer ? (Stream)content : new GZipStream(content, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            var path = entry.Name.TrimStart('.', '/');
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.Length <= LongestList && entry.DataStream is { } data
                && (Lists.Contains(path, StringComparer.Ordinal) || path.StartsWith(StatusFolder, StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(data, Encoding.UTF8);
                files[path] = await reader.ReadToEndAsync(cancellationToken);
            }
        }
    }

    private static string[] Paragraphs(string text) =>
        text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    // A line that begins with a space goes on with the field above it, which is none of those that are asked for.
    private static Dictionary<string, string> Fields(string paragraph, char separator)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in paragraph.Split('\n').Where(line => line.Length > 0 && line[0] != ' '))
        {
            var end = line.IndexOf(separator, StringComparison.Ordinal);
            if (end > 0)
            {
                fields[line[..end]] = line[(end + 1)..].Trim();
            }
        }

        return fields;
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ListJson : JsonSerializerContext;
