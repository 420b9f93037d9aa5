using System.Text;

namespace Platform.Hosting.Run;

/// <summary>Takes one command line apart, as the launch profiles write it.</summary>
internal static class CommandLine
{
    // Blanks divide; double quotes hold a part together; a backslash before a quote makes it a character.
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var (quoted, started) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\\' && i + 1 < text.Length && text[i + 1] == '"')
            {
                _ = part.Append(text[++i]);
                started = true;
            }
            else if (character == '"')
            {
                (quoted, started) = (!quoted, true);
            }
            else if (char.IsWhiteSpace(character) && !quoted)
            {
                Flush();
            }
            else
            {
                _ = part.Append(character);
                started = true;
            }
        }

        Flush();
        return parts;

        void Flush()
        {
            if (started)
            {
                parts.Add(part.ToString());
                _ = part.Clear();
                started = false;
            }
        }
    }
}
