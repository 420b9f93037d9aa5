using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Platform.Deploy.Manifests;

/// <summary>From bytes to JSON: everything that can be wrong with a file before anybody looks at what it says.</summary>
internal static class ManifestJson
{
    /// <summary>Largest file, in bytes: far more than any application needs, little enough to be held in memory several times.</summary>
    public const int MaxBytes = 50_000_000;

    /// <summary>Deepest nesting. The format itself has about ten levels.</summary>
    public const int MaxDepth = 64;

    /// <summary>Null, with a problem found, where there is no JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, ReadingFindings findings)
    {
        if (utf8.Length > MaxBytes)
        {
            findings.Add(ManifestProblems.TooLarge(MaxBytes));
            return null;
        }

        if (IsUtf16(utf8.Span))
        {
            findings.Add(ManifestProblems.Utf16());
            return null;
        }

        // PowerShell and editors of Windows write a mark.
        var text = utf8.Span is [0xEF, 0xBB, 0xBF, ..] ? utf8[3..] : utf8;
        if (!Utf8.IsValid(text.Span))
        {
            findings.Add(ManifestProblems.NotUtf8(TextPosition.Of(text.Span, ValidLength(text.Span))));
            return null;
        }

        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            findings.Add(ManifestProblems.Empty());
            return null;
        }

        if (HalfCharacter(text.Span) is { } half)
        {
            findings.Add(ManifestProblems.HalfCharacter(TextPosition.Of(text.Span, half)));
            return null;
        }

        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException refused)
        {
            findings.Add(Diagnose(text.Span, refused));
            return null;
        }
    }

    // The exception of the parser has no kind: what was wrong shows in reading up to there once more.
    private static Problems.Problem Diagnose(ReadOnlySpan<byte> text, JsonException refused)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth + 2 }));
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return ManifestProblems.TooDeep(MaxDepth, TextPosition.Of(text, (int)reader.TokenStartIndex));
                }
            }

            return ManifestProblems.Truncated(TextPosition.Of(text, text.Length));
        }
        catch (JsonException wrong)
        {
            var position = TextPosition.Of(text, wrong.LineNumber ?? 0, wrong.BytePositionInLine ?? 0);
            return ManifestProblems.NotJson(position, Reason(refused.Message));
        }
    }

    // "'x' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 4.": the place is said in our own way.
    private static string Reason(string message)
    {
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Place.Shown(place < 0 ? message : message[..place]);
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..];

    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (Rune.DecodeFromUtf8(text[start..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            start += length;
        }

        return start;
    }

    // A "\ud83d" without its other half is legal JSON but no text. Backslashes stand in strings only, and each begins an escape.
    private static int? HalfCharacter(ReadOnlySpan<byte> text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            var unit = Unit(text, at);
            if (unit is < 0xD800 or > 0xDFFF)
            {
                at += 2;
            }
            else if (unit <= 0xDBFF && Unit(text, at + 6) is >= 0xDC00 and <= 0xDFFF)
            {
                at += 12;
            }
            else
            {
                return at;
            }
        }

        return null;
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length)
        {
            return -1;
        }

        var next = text[from..].IndexOf((byte)'\\');
        return next < 0 ? -1 : from + next;
    }

    // Of an escape "\u0041" that begins here; -1 where there is none.
    private static int Unit(ReadOnlySpan<byte> text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u' && Utf8Parser.TryParse(text.Slice(at + 2, 4), out int unit, out var digits, 'x') && digits == 4
            ? unit
            : -1;
}

/// <summary>A place in a text, counted from 1, as editors do.</summary>
/// <param name="Column">In characters.</param>
internal readonly record struct TextPosition(long Line, long Column)
{
    public static TextPosition Of(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..offset];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new TextPosition(before.Count((byte)'\n') + 1, Characters(before[lineStart..]) + 1);
    }

    /// <param name="text">The whole text.</param>
    /// <param name="line">Counted from 0.</param>
    /// <param name="bytesInLine">Before the place.</param>
    public static TextPosition Of(ReadOnlySpan<byte> text, long line, long bytesInLine)
    {
        var rest = text;
        for (var i = 0L; i < line; i++)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        return new TextPosition(line + 1, Characters(rest[..(int)Math.Min(bytesInLine, rest.Length)]) + 1);
    }

    // All bytes but those that continue a character.
    private static long Characters(ReadOnlySpan<byte> text)
    {
        var characters = 0L;
        foreach (var one in text)
        {
            characters += (one & 0xC0) == 0x80 ? 0 : 1;
        }

        return characters;
    }
}
