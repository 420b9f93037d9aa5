using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>Brings objects into the form that a kustomize base has: without the namespace, and our own images without registry and digest, which overlays give.</summary>
internal sealed class BaseObject
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string _namespace;
    private readonly FrozenDictionary<string, string> _names;

    public BaseObject(DeploymentModel model)
    {
        _namespace = model.Settings.Namespace;
        _names = Images(model).ToFrozenDictionary(ImageDigest.Reference, image => image.ShortName, StringComparer.Ordinal);
    }

    /// <summary>The images that overlays give registry and digest to, each once, sorted by name.</summary>
    public static IEnumerable<WorkloadImage.Built> Images(DeploymentModel model) =>
        model.Workloads.Select(workload => workload.Image).OfType<WorkloadImage.Built>().DistinctBy(image => image.ShortName).OrderBy(image => image.ShortName, StringComparer.Ordinal);

    /// <summary>Whether an overlay may hold it: kustomize puts every object of an overlay into the overlay's namespace.</summary>
    public bool Takes(KubernetesObject item) => item.Phase == ObjectPhase.Application && item.Namespace == _namespace;

    public ReadOnlyMemory<byte> Json(KubernetesObject item)
    {
        var (buffer, output) = (new ArrayBufferWriter<byte>(4096), new ArrayBufferWriter<byte>(4096));
        using var json = new Utf8JsonWriter(buffer, Options);
        KubernetesYaml.WriteJson(item, json);
        json.Flush();
        using var changed = new Utf8JsonWriter(output, Options);
        Copy(buffer.WrittenSpan, changed);
        changed.Flush();
        return output.WrittenMemory;
    }

    private void Copy(ReadOnlySpan<byte> json, Utf8JsonWriter output)
    {
        var reader = new Utf8JsonReader(json);
        var inMetadata = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    output.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    output.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    output.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    output.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    if (reader.CurrentDepth == 1)
                    {
                        inMetadata = reader.ValueTextEquals("metadata"u8);
                    }

                    CopyProperty(ref reader, inMetadata, output);
                    break;
                case JsonTokenType.String:
                    CopyString(in reader, output);
                    break;
                default:
                    output.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
    }

    private void CopyProperty(ref Utf8JsonReader reader, bool inMetadata, Utf8JsonWriter output)
    {
        if (inMetadata && reader.CurrentDepth == 2 && reader.ValueTextEquals("namespace"u8))
        {
            reader.Read();
        }
        else if (reader.ValueTextEquals("image"u8))
        {
            output.WritePropertyName("image"u8);
            reader.Read();
            var image = reader.GetString() ?? "";
            output.WriteStringValue(_names.GetValueOrDefault(image, image));
        }
        else if (reader.ValueIsEscaped)
        {
            output.WritePropertyName(reader.GetString() ?? "");
        }
        else
        {
            output.WritePropertyName(reader.ValueSpan);
        }
    }

    private static void CopyString(in Utf8JsonReader reader, Utf8JsonWriter output)
    {
        if (reader.ValueIsEscaped)
        {
            output.WriteStringValue(reader.GetString());
        }
        else
        {
            output.WriteStringValue(reader.ValueSpan);
        }
    }
}
