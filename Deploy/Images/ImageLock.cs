using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// The digests that names of other people's images stand for: bases, and images that are run as they are. It is committed with the application, so
/// that the same commit is made from the same bytes; only <c>images update-base</c> changes what is in it.
/// </summary>
/// <param name="Images">By reference, as settings and manifest have it.</param>
internal sealed record ImageLock(ImmutableSortedDictionary<string, Digest> Images)
{
    public const string FileName = "images.lock.json";

    public static ImageLock Empty { get; } = new(ImmutableSortedDictionary.Create<string, Digest>(StringComparer.Ordinal));

    /// <summary>The digest of a reference; null where it was never resolved.</summary>
    public Digest? Find(string reference) => Images.GetValueOrDefault(reference);

    public ImageLock With(string reference, Digest digest) => new(Images.SetItem(reference, digest));

    /// <returns>Empty where there is no file.</returns>
    /// <exception cref="DeployException">It cannot be read.</exception>
    public static ImageLock Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return Empty;
            }

            using var content = File.OpenRead(path);
            var file = JsonSerializer.Deserialize(content, LockJson.Default.LockFile);
            return new ImageLock((file?.Images ?? new Dictionary<string, Digest>()).ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DeployException([ImageProblems.UnreadableLock(path, failure.Message)], failure);
        }
    }

    /// <summary>Writes it in one step.</summary>
    public void Write(string path)
    {
        var part = path + ".part";
        File.WriteAllText(part, JsonSerializer.Serialize(new LockFile(Images), LockJson.Readable.LockFile) + "\n");
        File.Move(part, path, overwrite: true);
    }
}

internal sealed record LockFile(IReadOnlyDictionary<string, Digest>? Images);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockFile))]
internal sealed partial class LockJson : JsonSerializerContext
{
    public static LockJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
