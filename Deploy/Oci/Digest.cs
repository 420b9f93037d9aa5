using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Oci;

/// <summary>The name of content by its SHA-256, written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(DigestConverter))]
internal sealed record Digest
{
    private const string Algorithm = "sha256:";
    private const int HexLength = 64;
    private const int ShortLength = 12;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private Digest(string hex) => Hex = hex;

    /// <summary>The digits alone: the file name of a blob in an OCI layout.</summary>
    public string Hex { get; }

    /// <summary>The first twelve digits, as lists show it.</summary>
    public string Short => Hex[..ShortLength];

    public static Digest Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <param name="hash">The 32 bytes of a finished SHA-256.</param>
    public static Digest OfHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    /// <summary>Other algorithms than SHA-256 are not understood: no registry in use writes them.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = text is not null && text.Length == Algorithm.Length + HexLength && text.StartsWith(Algorithm, StringComparison.Ordinal)
            && text.AsSpan(Algorithm.Length).IndexOfAnyExcept(HexDigits) < 0
            ? new Digest(text[Algorithm.Length..])
            : null;
        return digest is not null;
    }

    public override string ToString() => Algorithm + Hex;
}

internal sealed class DigestConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("Not a SHA-256 digest.");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
