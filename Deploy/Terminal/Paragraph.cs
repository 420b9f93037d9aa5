using System.Text;

namespace Platform.Deploy.Terminal;

/// <summary>Breaks text into lines of a terminal's width.</summary>
internal static class Paragraph
{
    /// <returns>Lines that each begin with the indent, without a newline at the end; a word that is too long stands alone.</returns>
    public static string Wrap(string text, int width, int indent)
    {
        var lines = new StringBuilder().Append(' ', indent);
        var column = indent;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent && column + 1 + word.Length > width)
            {
                _ = lines.Append('\n').Append(' ', indent);
                column = indent;
            }

            if (column > indent)
            {
                _ = lines.Append(' ');
                column++;
            }

            _ = lines.Append(word);
            column += word.Length;
        }

        return lines.ToString();
    }
}
