using System.Buffers;
using System.Text.Json;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// Turns JSON into YAML in block style: two spaces a level, lists at the level of their key. One pass, no tree; why it is our own stands in
/// <c>docs/decisions/0007-yaml-of-our-own.md</c>.
/// </summary>
internal static class YamlWriter
{
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (IsEmpty(in reader))
        {
            WriteEmpty(ref reader, output);
            output.Write("\n"u8);
        }
        else
        {
            WriteBlock(ref reader, 0, output);
        }
    }

    // A mapping or list that has entries; the caller has written whatever stands before the first one on its line.
    private static void WriteBlock(ref Utf8JsonReader reader, int indent, IBufferWriter<byte> output)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var first = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                Indent(first ? 0 : indent, output);
                first = false;
                YamlScalar.Write(Utf8(in reader), YamlScalar.InKey, output);
                output.Write(":"u8);
                reader.Read();
                WriteEntry(ref reader, indent, output);
            }
        }
        else
        {
            var first = true;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Indent(first ? 0 : indent, output);
                first = false;
                output.Write("-"u8);
                WriteItem(ref reader, indent, output);
            }
        }
    }

    private static void WriteEntry(ref Utf8JsonReader reader, int indent, IBufferWriter<byte> output)
    {
        if (!IsContainer(in reader) || IsEmpty(in reader))
        {
            WriteLine(ref reader, indent, output);
            return;
        }

        output.Write("\n"u8);
        var inner = reader.TokenType == JsonTokenType.StartObject ? indent + 2 : indent;
        Indent(inner, output);
        WriteBlock(ref reader, inner, output);
    }

    private static void WriteItem(ref Utf8JsonReader reader, int indent, IBufferWriter<byte> output)
    {
        if (!IsContainer(in reader) || IsEmpty(in reader))
        {
            WriteLine(ref reader, indent, output);
            return;
        }

        output.Write(" "u8);
        WriteBlock(ref reader, indent + 2, output);
    }

    private static void WriteLine(ref Utf8JsonReader reader, int indent, IBufferWriter<byte> output)
    {
        output.Write(" "u8);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                YamlScalar.Write(Utf8(in reader), indent + 2, output);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                WriteEmpty(ref reader, output);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }

        output.Write("\n"u8);
    }

    private static void WriteEmpty(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        output.Write(reader.TokenType == JsonTokenType.StartObject ? "{}"u8 : "[]"u8);
        reader.Read();
    }

    private static bool IsContainer(in Utf8JsonReader reader) => reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;

    private static bool IsEmpty(in Utf8JsonReader reader)
    {
        var next = reader;
        return next.Read() && next.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
    }

    private static ReadOnlySpan<byte> Utf8(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        var text = new byte[reader.ValueSpan.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }

    private static void Indent(int spaces, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(spaces);
        span[..spaces].Fill((byte)' ');
        output.Advance(spaces);
    }
}
