using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Terminal;

/// <summary>Settings with their origins, for people and for machines.</summary>
internal static class SettingsText
{
    private const int WidestKey = 44;
    private const int WidestValue = 40;

    /// <param name="reading">Of one environment.</param>
    /// <param name="all">With the defaults.</param>
    /// <param name="palette">Of the terminal.</param>
    public static string Render(SettingsReading reading, bool all, Palette palette)
    {
        var text = new StringBuilder().Append(palette.Strong(reading.Settings.Environment)).Append('\n');
        var shown = reading.Origins.Where(origin => all || !IsDefault(origin)).ToList();
        if (shown.Count == 0)
        {
            return text.Append("  Nothing is set; every default holds. --explain shows them.\n").ToString();
        }

        var key = Math.Min(WidestKey, shown.Max(origin => origin.Key.Length));
        var value = Math.Min(WidestValue, shown.Max(origin => origin.Value.Length));
        foreach (var origin in shown)
        {
            _ = text.Append("  ").Append(origin.Key.PadRight(key)).Append("  ").Append(origin.Value.PadRight(value)).Append("  ")
                .Append(IsDefault(origin) ? palette.Quiet(origin.Source) : origin.Source).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Writes the member <c>environments</c> into an open object.</summary>
    public static void WriteTo(Utf8JsonWriter json, ImmutableArray<SettingsReading> readings)
    {
        json.WriteStartObject("environments");
        foreach (var reading in readings)
        {
            json.WriteStartArray(reading.Settings.Environment);
            foreach (var origin in reading.Origins)
            {
                json.WriteStartObject();
                json.WriteString("key", origin.Key);
                json.WritePropertyName("value");
                json.WriteRawValue(origin.Value);
                json.WriteString("source", origin.Source);
                json.WriteString("description", origin.Description);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static bool IsDefault(SettingOrigin origin) => origin.Source.StartsWith("default", StringComparison.Ordinal);
}
