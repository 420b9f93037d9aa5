using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>The files of a published project as the entries of two layers.</summary>
/// <param name="Dependencies">What comes from packages, and changes when they do.</param>
/// <param name="Application">What is built from source, and changes all the time.</param>
/// <param name="Program">What starts it: path in the image.</param>
/// <param name="DependencyList">Path of the <c>.deps.json</c> on this machine; null where there is none, as in a native program.</param>
internal sealed record PublishedFiles(
    ImmutableArray<LayerEntry> Dependencies, ImmutableArray<LayerEntry> Application, string Program, string? DependencyList)
{
    public const string Folder = "app";
    private const string WebRoot = Folder + "/wwwroot/";
    private const int BufferSize = 128 * 1024;

    // Of a native program they are larger than it, and nothing in a container reads them.
    private static readonly string[] Symbols = [".dbg", ".pdb"];
    private static readonly string[] Assets = ["runtime", "native", "runtimeTargets"];

    /// <param name="output">Where it was published to.</param>
    /// <param name="resource">Whose image it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">There is no program in it.</exception>
    public static async Task<PublishedFiles> ReadAsync(PublishOutput output, string resource, CancellationToken cancellationToken)
    {
        var files = new List<LayerEntry.File>();
        var list = Path.Combine(output.Folder, $"{output.AssemblyName}.deps.json");
        var native = !File.Exists(list);
        // The lists of static files last: they say something about the others.
        var paths = Directory.EnumerateFiles(output.Folder, "*", SearchOption.AllDirectories).Where(path => !native || !Symbols.Contains(Path.GetExtension(path), StringComparer.Ordinal));
        foreach (var path in paths.OrderBy(path => path.EndsWith(StaticAssetEndpoints.Ending, StringComparison.Ordinal)))
        {
            if (path.EndsWith(StaticAssetEndpoints.Ending, StringComparison.Ordinal))
            {
                var assets = files.Where(file => file.Path.StartsWith(WebRoot, StringComparison.Ordinal)).ToDictionary(file => file.Path[WebRoot.Length..], StringComparer.Ordinal);
                await File.WriteAllTextAsync(path, StaticAssetEndpoints.Normal(await File.ReadAllTextAsync(path, cancellationToken), assets), cancellationToken);
            }

            files.Add(await HashedAsync($"{Folder}/{Path.GetRelativePath(output.Folder, path).Replace('\\', '/')}", path, cancellationToken));
        }

        var program = $"{Folder}/{output.AssemblyName}";
        if (!files.Any(file => file.Path == program && file.Executable))
        {
            throw new DeployException(ImageProblems.NoProgram(resource, output.AssemblyName));
        }

        var fromPackages = native ? [] : FromPackages(await File.ReadAllBytesAsync(list, cancellationToken));
        var byOrigin = files.ToLookup(file => fromPackages.Contains(file.Path[(Folder.Length + 1)..]));
        return new PublishedFiles(LayerEntry.Complete(byOrigin[true]), LayerEntry.Complete(byOrigin[false]), "/" + program, native ? null : list);
    }

    /// <summary>
    /// One file as it is packed. Whether it may be executed is told by its first bytes and not by the file system, which on Windows does not know:
    /// programs and libraries (ELF) and scripts.
    /// </summary>
    public static async Task<LayerEntry.File> HashedAsync(string inImage, string path, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        long size = 0;
        var executable = false;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            executable |= size == 0 && (buffer.AsSpan(0, read).StartsWith("\u007fELF"u8) || buffer.AsSpan(0, read).StartsWith("#!"u8));
            hash.AppendData(buffer.AsSpan(0, read));
            size += read;
        }

        return new LayerEntry.File(inImage, path, size, Digest.OfHash(hash.GetHashAndReset()), executable);
    }

    // "targets": { "<framework>/<rid>": { "Name/1.0": { "runtime": { "lib/net8.0/Name.dll": … }, "native": …, "resources": { "lib/net8.0/de/Name.resources.dll": … } } } }
    // "libraries": { "Name/1.0": { "type": "package" } }. Published, a file lies at the top, a satellite in the folder of its language, and one that
    // is for several platforms where it is in the package.
    private static HashSet<string> FromPackages(byte[] list)
    {
        using var document = JsonDocument.Parse(list);
        var packages = Members(document.RootElement, "libraries")
            .Where(library => library.Value.TryGetProperty("type", out var type) && type.GetString() is "package" or "runtimepack")
            .Select(library => library.Name)
            .ToHashSet(StringComparer.Ordinal);
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var library in Members(document.RootElement, "targets").SelectMany(target => target.Value.EnumerateObject()).Where(library => packages.Contains(library.Name)))
        {
            foreach (var path in Assets.SelectMany(kind => Members(library.Value, kind)).Select(asset => asset.Name))
            {
                files.Add(path);
                files.Add(path[(path.LastIndexOf('/') + 1)..]);
            }

            foreach (var path in Members(library.Value, "resources").Select(asset => asset.Name.Split('/')))
            {
                files.Add(string.Join('/', path.TakeLast(2)));
            }
        }

        return files;
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? found.EnumerateObject() : default;
}
