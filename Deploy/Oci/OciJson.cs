using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Deploy.Oci;

/// <summary>The bytes of what a digest is taken of: no white space, members in the order of the records, absent members left out.</summary>
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ImageConfig))]
internal sealed partial class OciJson : JsonSerializerContext
{
    // Without it '+' in a media type would become \u002B. The JSON is never put into HTML.
    private static readonly OciJson Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static JsonTypeInfo<ImageManifest> Manifest => Plain.ImageManifest;

    public static JsonTypeInfo<ImageIndex> Index => Plain.ImageIndex;

    public static JsonTypeInfo<ImageConfig> Config => Plain.ImageConfig;
}
