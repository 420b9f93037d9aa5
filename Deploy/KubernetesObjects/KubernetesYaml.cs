using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Writes objects as YAML, in the style of kubectl.</summary>
internal static class KubernetesYaml
{
    // What this escapes is unescaped again at once.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One document an object, divided by <c>---</c>.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<KubernetesObject> objects) => Documents(Json(objects));

    /// <summary>JSON as YAML, one document each. A text is looked at only until the next one is asked for.</summary>
    public static ReadOnlyMemory<byte> Documents(IEnumerable<ReadOnlyMemory<byte>> json)
    {
        var yaml = new ArrayBufferWriter<byte>(8192);
        foreach (var document in json)
        {
            yaml.Write(yaml.WrittenCount > 0 ? "---\n"u8 : ""u8);
            YamlWriter.Write(document.Span, yaml);
        }

        return yaml.WrittenMemory;
    }

    /// <summary>The object as the API server takes it.</summary>
    public static void WriteJson(KubernetesObject item, Utf8JsonWriter json) => JsonSerializer.Serialize(json, item.Body, item.Body.GetType(), ObjectJson.Default);

    // Each time the same buffer.
    private static IEnumerable<ReadOnlyMemory<byte>> Json(IEnumerable<KubernetesObject> objects)
    {
        var json = new ArrayBufferWriter<byte>(8192);
        using var writer = new Utf8JsonWriter(json, Options);
        foreach (var item in objects)
        {
            json.ResetWrittenCount();
            writer.Reset();
            WriteJson(item, writer);
            writer.Flush();
            yield return json.WrittenMemory;
        }
    }

    /// <summary>The text that some objects carry inside a string, such as the list of secrets in a <see cref="SecretProviderClass"/>.</summary>
    public static string Text(SecretProviderObject[] objects)
    {
        var yaml = new ArrayBufferWriter<byte>();
        YamlWriter.Write(JsonSerializer.SerializeToUtf8Bytes(objects, ObjectJson.Default.SecretProviderObjectArray), yaml);
        return Encoding.UTF8.GetString(yaml.WrittenSpan);
    }
}
