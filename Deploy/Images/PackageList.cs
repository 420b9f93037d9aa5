using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Images;

/// <summary>A part of an image, as lists of parts name it.</summary>
/// <param name="Url">Package URL (https://github.com/package-url/purl-spec), by which scanners know it; null for a project of the application.</param>
internal sealed record ImagePackage(string Name, string Version, string? Url)
{
    /// <summary>Of the package's file, in base64, as NuGet says it; null where it is not known.</summary>
    public string? Sha512 { get; init; }
}

/// <summary>The packages that a published program brings along.</summary>
internal static class PackageList
{
    private const string RuntimePack = "runtimepack.";

    /// <param name="list">Content of a <c>.deps.json</c>.</param>
    public static ImmutableArray<ImagePackage> Of(byte[] list)
    {
        using var document = JsonDocument.Parse(list);
        if (!document.RootElement.TryGetProperty("libraries", out var libraries))
        {
            return [];
        }

        return [.. libraries.EnumerateObject().Select(Package).OfType<ImagePackage>().OrderBy(package => package.Name, StringComparer.Ordinal)];
    }

    public static string NuGetUrl(string name, string version) => $"pkg:nuget/{Uri.EscapeDataString(name)}@{Uri.EscapeDataString(version)}";

    // "Name/1.2.3": { "type": "package", "sha512": "sha512-BASE64" }
    private static ImagePackage? Package(JsonProperty library)
    {
        var slash = library.Name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return null;
        }

        var (name, version) = (library.Name[..slash], library.Name[(slash + 1)..]);
        return (library.Value.TryGetProperty("type", out var type) ? type.GetString() : null) switch
        {
            "project" => new ImagePackage(name, version, Url: null),
            "runtimepack" when name.StartsWith(RuntimePack, StringComparison.Ordinal) => new ImagePackage(name[RuntimePack.Length..], version, NuGetUrl(name[RuntimePack.Length..], version)),
            "package" => new ImagePackage(name, version, NuGetUrl(name, version))
            {
                Sha512 = library.Value.TryGetProperty("sha512", out var hash) && hash.GetString() is { Length: > 7 } text && text.StartsWith("sha512-", StringComparison.Ordinal) ? text[7..] : null,
            },
            _ => null,
        };
    }
}
