using System.Security.Cryptography;

namespace Platform.WebApp.Assets;

/// <summary>A file of the site, held in the assembly and served under a name that has the hash of its content.</summary>
internal sealed record Asset(string Name, string Extension, string ContentType, ReadOnlyMemory<byte> Content)
{
    private const int HashLength = 12;

    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Content.Span))[..HashLength];

    /// <summary>Changes with the content, so what it names may be kept for good.</summary>
    public string Path => $"/assets/{Name}.{Hash}{Extension}";

    public static Asset Load(string name, string extension, string contentType)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name + extension)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}{extension}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new Asset(name, extension, contentType, content.ToArray());
    }
}
