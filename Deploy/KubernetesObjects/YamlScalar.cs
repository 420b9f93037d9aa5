using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// Writes a string so that every reader, of YAML 1.1 as of 1.2, gets it back as that string: plain where nothing can be misread, a literal block
/// where it has several lines, in double quotes otherwise.
/// </summary>
internal static class YamlScalar
{
    /// <summary>In place of an indent: a key, which has to stay on one line.</summary>
    public const int InKey = 0;

    // What may stand anywhere in a plain scalar. Spaces, ':' and '#' depend on their neighbours; all else is quoted.
    private static readonly SearchValues<byte> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./@=+,()$%~^;*!?&|<>{}[]\\'\""u8);
    private static readonly SearchValues<byte> PlainStart = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/$("u8);

    // No number or date of YAML 1.1 has one of these in it (t and z stand in timestamps, x and o in numbers of other bases, a to f in hexadecimal ones).
    private static readonly SearchValues<byte> InNoNumber = SearchValues.Create("GHIJKLMPQRSUVWYghijklmpqrsuvwy/@=()$%"u8);

    // Blocks take all printable characters but what some reader takes for a line's end or a byte order mark.
    private static readonly SearchValues<char> NotInBlock = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Where(code => code is not ('\n' or '\t')).Concat(Enumerable.Range(0x7F, 0x21)).Append(0x2028).Append(0x2029).Append(0xFEFF).Append(0xFFFE).Append(0xFFFF)
            .Select(code => (char)code)));

    /// <param name="text">UTF-8.</param>
    /// <param name="indent">Of the lines of a block; <see cref="InKey"/> for a key.</param>
    /// <param name="output">Gets no end of line.</param>
    public static void Write(ReadOnlySpan<byte> text, int indent, IBufferWriter<byte> output)
    {
        if (IsPlain(text))
        {
            output.Write(text);
        }
        else if (indent != InKey && text.Contains((byte)'\n') && FitsBlock(text))
        {
            WriteBlock(text, indent, output);
        }
        else
        {
            WriteQuoted(Encoding.UTF8.GetString(text), output);
        }
    }

    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !PlainStart.Contains(text[0]) || text[^1] is (byte)' ' or (byte)':')
        {
            return false;
        }

        for (var rest = text; rest.IndexOfAnyExcept(Plain) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            var isSafe = rest[at] switch
            {
                // " #" begins a comment.
                (byte)' ' => rest[at + 1] != (byte)'#',
                // ": " ends a key.
                (byte)':' => rest[at + 1] != (byte)' ',
                (byte)'#' => true,
                _ => false,
            };
            if (!isSafe)
            {
                return false;
            }
        }

        return char.IsAsciiDigit((char)text[0]) ? text.IndexOfAny(InNoNumber) >= 0 : !IsWord(text);
    }

    // Words that mean a boolean or nothing, in any case that a reader may take.
    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        if (text.Length > 5)
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[5];
        Ascii.ToLower(text, lower, out var length);
        return lower[..length].SequenceEqual("y"u8) || lower[..length].SequenceEqual("n"u8)
            || lower[..length].SequenceEqual("yes"u8) || lower[..length].SequenceEqual("no"u8)
            || lower[..length].SequenceEqual("on"u8) || lower[..length].SequenceEqual("off"u8)
            || lower[..length].SequenceEqual("true"u8) || lower[..length].SequenceEqual("false"u8)
            || lower[..length].SequenceEqual("null"u8);
    }

    // Space at the end of a line would be read as meant, but no person sees it and many an editor removes it.
    private static bool FitsBlock(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExcept((byte)'\n') >= 0
        && text[^1] is not ((byte)' ' or (byte)'\t')
        && text.IndexOf(" \n"u8) < 0
        && text.IndexOf("\t\n"u8) < 0
        && Encoding.UTF8.GetString(text).AsSpan().IndexOfAny(NotInBlock) < 0;

    private static void WriteBlock(ReadOnlySpan<byte> text, int indent, IBufferWriter<byte> output)
    {
        output.Write("|"u8);
        if (text[0] is (byte)' ' or (byte)'\n' or (byte)'\t')
        {
            // A reader would take the first line's own spaces for the indent.
            output.Write("2"u8);
        }

        // Without a sign one line's end stays at the end; '-' leaves none, '+' all.
        output.Write(text[^1] != (byte)'\n' ? "-"u8 : text[^2] == (byte)'\n' ? "+"u8 : ""u8);
        var lines = text[^1] == (byte)'\n' ? text[..^1] : text;
        foreach (var range in lines.Split((byte)'\n'))
        {
            output.Write("\n"u8);
            if (!lines[range].IsEmpty)
            {
                var span = output.GetSpan(indent);
                span[..indent].Fill((byte)' ');
                output.Advance(indent);
                output.Write(lines[range]);
            }
        }
    }

    private static void WriteQuoted(string text, IBufferWriter<byte> output)
    {
        if (text.AsSpan().ContainsAny('"', '\\') && !text.AsSpan().ContainsAny(NotInBlock) && !text.AsSpan().ContainsAny('\n', '\t'))
        {
            // JSON in an annotation stays readable.
            output.Write(Encoding.UTF8.GetBytes($"'{text.Replace("'", "''", StringComparison.Ordinal)}'"));
            return;
        }

        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when NotInBlock.Contains(character) => quoted.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(character),
            };
        }

        output.Write(Encoding.UTF8.GetBytes(quoted.Append('"').ToString()));
    }
}
