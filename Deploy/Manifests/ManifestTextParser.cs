using System.Buffers;
using System.Collections.Immutable;

namespace Platform.Deploy.Manifests;

/// <summary>
/// Finds the expressions in the strings of a manifest: <c>{</c>, a name, at least one <c>.member</c>, <c>}</c>, all of letters, digits, <c>-</c> and <c>_</c>,
/// the name beginning with a letter. The format has no escape for braces; what else stands in braces, such as JSON, is text.
/// Aspire's names have no dots. A name with one, or one that begins with a digit, is understood where a resource has it.
/// </summary>
internal sealed class ManifestTextParser
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly ManifestText Empty = new([]);

    private readonly HashSet<string> _unusual;

    /// <param name="names">Of all resources.</param>
    public ManifestTextParser(IEnumerable<string> names) =>
        _unusual = names.Where(name => name.Contains('.', StringComparison.Ordinal) || !BeginsAsUsual(name)).ToHashSet(StringComparer.Ordinal);

    public ManifestText Parse(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return text.Length == 0 ? Empty : new ManifestText([new ManifestTextPart.Literal(text)]);
        }

        var parts = ImmutableArray.CreateBuilder<ManifestTextPart>();
        var literal = 0;
        while (open >= 0)
        {
            var length = text.AsSpan(open + 1).IndexOfAnyExcept(Allowed);
            if (length > 0 && text[open + 1 + length] == '}' && Reference(text.Substring(open + 1, length)) is { } reference)
            {
                AddLiteral(parts, text, literal, open);
                parts.Add(reference);
                literal = open + length + 2;
            }

            // What follows may begin right after this brace, as in "{{cache.value}".
            open = text.IndexOf('{', Math.Max(open + 1, literal));
        }

        AddLiteral(parts, text, literal, text.Length);
        return new ManifestText(parts.ToImmutable());
    }

    private static void AddLiteral(ImmutableArray<ManifestTextPart>.Builder parts, string text, int start, int end)
    {
        if (end > start)
        {
            parts.Add(new ManifestTextPart.Literal(text[start..end]));
        }
    }

    private ManifestTextPart.Reference? Reference(string inner)
    {
        var dot = NameLength(inner);
        if (dot <= 0)
        {
            return null;
        }

        ImmutableArray<string> members = [.. inner[(dot + 1)..].Split('.')];
        return members.Any(member => member.Length == 0) ? null : new ManifestTextPart.Reference(inner[..dot], members);
    }

    private int NameLength(string inner)
    {
        if (_unusual.Count > 0)
        {
            for (var dot = inner.LastIndexOf('.'); dot > 0; dot = inner.LastIndexOf('.', dot - 1))
            {
                if (_unusual.Contains(inner[..dot]))
                {
                    return dot;
                }
            }
        }

        return BeginsAsUsual(inner) ? inner.IndexOf('.', StringComparison.Ordinal) : -1;
    }

    private static bool BeginsAsUsual(string name) => name.Length > 0 && char.IsAsciiLetter(name[0]);
}
