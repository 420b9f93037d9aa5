using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Images;

/// <summary>Who builds images.</summary>
/// <param name="Tool">Name and version of this tool, such as <c>platform-1.0.0</c>.</param>
/// <param name="Builder">A URI: the workflow in GitHub's words, or that it was a person's machine.</param>
/// <param name="Run">Address of the workflow's run; null where there is none.</param>
internal sealed record ImageBuilder(string Tool, string Builder, string? Run)
{
    private const string Person = "urn:platform:local";

    /// <param name="tool">Name and version of this tool.</param>
    /// <param name="variable">Reads the environment; GitHub says there what runs.</param>
    public static ImageBuilder Of(string tool, Func<string, string?> variable) =>
        variable("GITHUB_ACTIONS") == "true" && variable("GITHUB_SERVER_URL") is { } server
            ? new ImageBuilder(tool, $"{server}/{variable("GITHUB_WORKFLOW_REF")}", $"{server}/{variable("GITHUB_REPOSITORY")}/actions/runs/{variable("GITHUB_RUN_ID")}")
            : new ImageBuilder(tool, Person, Run: null);
}

/// <summary>Where an image comes from: an in-toto statement with SLSA provenance 1.0 (https://slsa.dev/spec/v1.0/provenance), not signed.</summary>
internal static class Provenance
{
    public static byte[] Render(BuiltImage image, ImageBuilder builder)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("_type", "https://in-toto.io/Statement/v1");
            json.WriteStartArray("subject");
            WriteResource(json, "name", image.Repository, ("sha256", image.Digest.Hex));
            json.WriteEndArray();
            json.WriteString("predicateType", "https://slsa.dev/provenance/v1");
            json.WriteStartObject("predicate");
            WriteDefinition(json, image);
            WriteRun(json, builder);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void WriteDefinition(Utf8JsonWriter json, BuiltImage image)
    {
        json.WriteStartObject("buildDefinition");
        json.WriteString("buildType", "urn:platform:image:v1");
        json.WriteStartObject("externalParameters");
        json.WriteString("resource", image.Resource);
        foreach (var (name, value) in image.Parameters)
        {
            json.WriteString(name, value);
        }

        json.WriteStartArray("platforms");
        foreach (var platform in image.Platforms)
        {
            json.WriteStringValue(platform.Platform.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("resolvedDependencies");
        if (image.Revision is { } revision)
        {
            WriteResource(json, "uri", image.Source is null ? null : $"git+{image.Source}", ("gitCommit", revision.Commit));
        }

        if (image.Base is { } onBase)
        {
            WriteResource(json, "uri", UrlOf(onBase), ("sha256", onBase.Digest.Hex));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, ImageBuilder builder)
    {
        json.WriteStartObject("runDetails");
        json.WriteStartObject("builder");
        json.WriteString("id", builder.Builder);
        json.WriteStartObject("version");
        json.WriteString("tool", builder.Tool);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        if (builder.Run is not null)
        {
            json.WriteString("invocationId", builder.Run);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md
    private static string UrlOf(BaseImage image)
    {
        var name = image.Repository.Name[(image.Repository.Name.LastIndexOf('/') + 1)..];
        return $"pkg:oci/{name}@{Uri.EscapeDataString(image.Digest.ToString())}?repository_url={Uri.EscapeDataString(image.Repository.ToString())}";
    }

    private static void WriteResource(Utf8JsonWriter json, string member, string? value, (string Algorithm, string Hash) digest)
    {
        json.WriteStartObject();
        if (value is not null)
        {
            json.WriteString(member, value);
        }

        json.WriteStartObject("digest");
        json.WriteString(digest.Algorithm, digest.Hash);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>Documents that say something about an image, as artifacts of a registry.</summary>
internal static class ImageArtifact
{
    /// <summary>The content of an artifact's config: an empty object.</summary>
    public static ImmutableArray<byte> EmptyConfig { get; } = [.. "{}"u8];

    /// <param name="type">Media type of the document, which is also that of the artifact.</param>
    /// <param name="document">Its bytes.</param>
    /// <param name="subject">What it says something about.</param>
    /// <param name="created">RFC 3339.</param>
    public static ImageManifest Of(string type, byte[] document, Descriptor subject, string created) => new()
    {
        MediaType = MediaTypes.Manifest,
        ArtifactType = type,
        Config = new Descriptor(MediaTypes.Empty, Digest.Of(EmptyConfig.AsSpan()), EmptyConfig.Length),
        Layers = [new Descriptor(type, Digest.Of(document), document.Length)],
        Subject = subject,
        Annotations = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("org.opencontainers.image.created", created),
    };
}
