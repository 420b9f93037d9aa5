using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Oci;

/// <summary>Points at content. <paramref name="Size"/> is in bytes, as stored.</summary>
internal sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    public string? ArtifactType { get; init; }

    /// <summary>Only in an index.</summary>
    public ImagePlatform? Platform { get; init; }

    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }
}

/// <param name="Architecture">Go's name: <c>amd64</c>, <c>arm64</c>.</param>
internal sealed record ImagePlatform(string Architecture, string Os)
{
    /// <summary>Such as <c>v8</c> for arm64, which bases leave out or not; null where nobody said.</summary>
    public string? Variant { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}

/// <summary>One image for one platform, or an artifact that belongs to one (<see cref="Subject"/>).</summary>
internal sealed record ImageManifest
{
    public int SchemaVersion { get; init; } = 2;

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public required Descriptor Config { get; init; }

    public required ImmutableArray<Descriptor> Layers { get; init; }

    /// <summary>What an artifact says something about.</summary>
    public Descriptor? Subject { get; init; }

    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }
}

/// <summary>The same image for several platforms, or the artifacts that refer to one image.</summary>
internal sealed record ImageIndex
{
    public int SchemaVersion { get; init; } = 2;

    public string? MediaType { get; init; }

    public required ImmutableArray<Descriptor> Manifests { get; init; }

    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }
}
