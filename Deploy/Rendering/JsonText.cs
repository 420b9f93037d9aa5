using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Deploy.KubernetesObjects;

namespace Platform.Deploy.Rendering;

/// <summary>Files that are written as a JSON tree: as JSON, or as the YAML of it.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Dense = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var json = Written(write, Indented);
        json.Write("\n"u8);
        return json.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Yaml(Action<Utf8JsonWriter> write)
    {
        var yaml = new ArrayBufferWriter<byte>();
        YamlWriter.Write(Written(write, Dense).WrittenSpan, yaml);
        return yaml.WrittenMemory;
    }

    /// <summary>A list of texts, left out where it is empty.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        var open = false;
        foreach (var text in texts)
        {
            if (!open)
            {
                json.WriteStartArray(name);
                open = true;
            }

            json.WriteStringValue(text);
        }

        if (open)
        {
            json.WriteEndArray();
        }
    }

    private static ArrayBufferWriter<byte> Written(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, options);
        write(json);
        json.Flush();
        return buffer;
    }
}
