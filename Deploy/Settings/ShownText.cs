using System.Globalization;
using System.Text;

namespace Platform.Deploy.Settings;

/// <summary>What somebody wrote, as a message repeats it: on one line, without control characters, not longer than a line.</summary>
internal static class ShownText
{
    private const int Limit = 100;

    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (var character in text.Length > Limit ? text.AsSpan(0, Limit) : text)
        {
            _ = char.IsControl(character) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : shown.Append(character);
        }

        return text.Length > Limit ? shown.Append('…').ToString() : shown.ToString();
    }
}
