using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Oci;

/// <summary>How an image runs and what it is made of. What a base has beside the members named here is kept as it is.</summary>
internal sealed record ImageConfig
{
    public string? Created { get; init; }

    public required string Architecture { get; init; }

    public required string Os { get; init; }

    public string? Variant { get; init; }

    public ProcessConfig? Config { get; init; }

    public required RootFilesystem Rootfs { get; init; }

    public ImmutableArray<HistoryEntry>? History { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>The member names are Docker's, in upper case.</summary>
internal sealed record ProcessConfig
{
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary>Keys such as <c>8080/tcp</c>; the values are empty objects.</summary>
    [JsonPropertyName("ExposedPorts")]
    public ImmutableSortedDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary><c>NAME=value</c>; of two with one name the later counts.</summary>
    [JsonPropertyName("Env")]
    public ImmutableArray<string>? Env { get; init; }

    [JsonPropertyName("Entrypoint")]
    public ImmutableArray<string>? Entrypoint { get; init; }

    [JsonPropertyName("Cmd")]
    public ImmutableArray<string>? Cmd { get; init; }

    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    [JsonPropertyName("Labels")]
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}

internal sealed record EmptyObject;

/// <param name="Type"><c>layers</c>.</param>
/// <param name="DiffIds">Of the unpacked layers, lowest first.</param>
internal sealed record RootFilesystem(string Type, [property: JsonPropertyName("diff_ids")] ImmutableArray<Digest> DiffIds);

internal sealed record HistoryEntry
{
    public string? Created { get; init; }

    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    public string? Comment { get; init; }

    [JsonPropertyName("empty_layer")]
    public bool? EmptyLayer { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
