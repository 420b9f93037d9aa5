using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Deploy.Settings;

/// <summary>
/// The catalogue as a JSON schema, for completion and checks in editors. Draft 7: newer ones are not known to all of them. What a schema cannot say
/// (conflicts, addresses that do not exist) is found by reading.
/// </summary>
internal static class SettingsSchema
{
    public static string Render()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", "Settings of one environment");
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            WriteMembers(json, SettingCatalogue.Root);
            json.WriteEndObject();
            json.WriteBoolean("additionalProperties", false);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteMembers(Utf8JsonWriter json, SettingNode node)
    {
        foreach (var (name, member) in node.Members)
        {
            json.WriteStartObject(name);
            Write(json, member);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, SettingNode node)
    {
        if (node.Setting is { } setting)
        {
            WriteSetting(json, setting);
            return;
        }

        json.WriteString("description", SettingGroups.Meanings[node.Key]);
        WriteType(json, "object");
        if (node.AnyName is { } any)
        {
            WriteMap(json, any, node.NameFormat);
            return;
        }

        json.WriteStartObject("properties");
        WriteMembers(json, node);
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        if (SettingCatalogue.IsThing(node.Key))
        {
            json.WriteNumber("minProperties", 1);
        }
    }

    // Pattern properties rather than property names: more editors know them.
    private static void WriteMap(Utf8JsonWriter json, SettingNode any, SettingFormat names)
    {
        if (names.Pattern is { } pattern)
        {
            json.WriteStartObject("patternProperties");
            json.WriteStartObject(pattern);
            Write(json, any);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteBoolean("additionalProperties", false);
            return;
        }

        json.WriteStartObject("additionalProperties");
        Write(json, any);
        json.WriteEndObject();
    }

    private static void WriteSetting(Utf8JsonWriter json, Setting setting)
    {
        json.WriteString("description", $"{setting.Description} Default: {setting.DefaultInWords}.");
        switch (setting.Kind)
        {
            case SettingKind.Text(var format):
                WriteType(json, "string");
                WritePattern(json, format);
                break;
            case SettingKind.Choice(var words):
                // Null is among the words: an enumeration is all that there is.
                json.WriteStartArray("enum");
                foreach (var word in words)
                {
                    json.WriteStringValue(word);
                }

                json.WriteNullValue();
                json.WriteEndArray();
                break;
            case SettingKind.Integer number:
                WriteType(json, "integer");
                WriteRange(json, number);
                break;
            case SettingKind.Boolean:
                WriteType(json, "boolean");
                break;
            case SettingKind.TextList list:
                WriteType(json, "array");
                json.WriteStartObject("items");
                json.WriteString("type", "string");
                WritePattern(json, list.Format);
                json.WriteEndObject();
                json.WriteNumber("minItems", list.Fewest);
                json.WriteBoolean("uniqueItems", true);
                break;
            case SettingKind.IntegerList(var minimum, var maximum):
                WriteType(json, "array");
                json.WriteStartObject("items");
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", minimum);
                json.WriteNumber("maximum", maximum);
                json.WriteEndObject();
                break;
            case SettingKind.ChoiceList(var words):
                WriteType(json, "array");
                json.WriteStartObject("items");
                WriteWords(json, words);
                json.WriteEndObject();
                json.WriteNumber("minItems", 1);
                json.WriteBoolean("uniqueItems", true);
                break;
        }

        WriteDefault(json, setting.Default);
    }

    // Null is the default, written out.
    private static void WriteType(Utf8JsonWriter json, string type)
    {
        json.WriteStartArray("type");
        json.WriteStringValue(type);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }

    private static void WritePattern(Utf8JsonWriter json, SettingFormat format)
    {
        if (format.Pattern is { } pattern)
        {
            json.WriteString("pattern", pattern);
        }
    }

    private static void WriteWords(Utf8JsonWriter json, ImmutableArray<string> words)
    {
        json.WriteStartArray("enum");
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void WriteRange(Utf8JsonWriter json, SettingKind.Integer number)
    {
        if (number.Allowed.IsEmpty)
        {
            json.WriteNumber("minimum", number.Minimum);
            json.WriteNumber("maximum", number.Maximum);
            return;
        }

        json.WriteStartArray("enum");
        foreach (var allowed in number.Allowed)
        {
            json.WriteNumberValue(allowed);
        }

        json.WriteNullValue();
        json.WriteEndArray();
    }

    // A schema has one default for all profiles: the others are in the description.
    private static void WriteDefault(Utf8JsonWriter json, SettingDefault value)
    {
        if (value is SettingDefault.OfProfile { IsSame: true } same)
        {
            json.WritePropertyName("default");
            json.WriteRawValue(same.Dev.ToString());
        }
    }
}
