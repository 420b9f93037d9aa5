using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>
/// Reads JSON along the tree of keys: a file, or the value of a flag or variable that is an object or list. Comments and trailing commas are taken.
/// <c>null</c> says nothing, as if the key were left out (in a flag: as if no lower layer had it).
/// </summary>
internal sealed class JsonLayer
{
    private const int MostBytes = 1024 * 1024;
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly SettingPlace _place;
    private readonly byte[] _bytes;
    private readonly ImmutableArray<WrittenSetting>.Builder _written = ImmutableArray.CreateBuilder<WrittenSetting>();
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly ImmutableArray<string>.Builder _unclear = ImmutableArray.CreateBuilder<string>();
    private int _line = 1;
    private int _counted;

    // A place with a line has lines.
    private JsonLayer(SettingPlace place, byte[] bytes)
    {
        _place = place;
        _bytes = bytes;
    }

    public static SettingLayer OfFile(SettingsFile file)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var bytes = file.Bytes.Span;
        if (bytes.Length > MostBytes)
        {
            return Unreadable(SettingsProblems.NotJson(file.Name, file.Name, "it is larger than 1 MiB"));
        }

        if (!Utf8.IsValid(bytes))
        {
            return Unreadable(SettingsProblems.NotJson(file.Name, file.Name, "it is not UTF-8"));
        }

        var text = bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes;
        return new JsonLayer(new SettingPlace(file.Name, 1), text.ToArray()).Read(SettingCatalogue.Root, []);
    }

    /// <param name="place">The flag or variable.</param>
    /// <param name="node">What the text is the value of.</param>
    public static SettingLayer OfText(SettingPlace place, string text, SettingNode node, ImmutableArray<string> path) =>
        new JsonLayer(place, Encoding.UTF8.GetBytes(text)).Read(node, path);

    private static SettingLayer Unreadable(Problem problem) => new([], [problem], [""]);

    private SettingLayer Read(SettingNode node, ImmutableArray<string> path)
    {
        var reader = new Utf8JsonReader(_bytes, Options);
        try
        {
            reader.Read();
            ReadValue(ref reader, node, path);
            reader.Read();
        }
        catch (JsonException invalid)
        {
            // The message ends with the position, which is shown in front.
            Syntax(path, (invalid.LineNumber ?? 0) + 1, (invalid.BytePositionInLine ?? 0) + 1, invalid.Message.Split(" LineNumber:")[0]);
        }
        catch (InvalidOperationException notText)
        {
            // An escape such as \ud800 is half a character; the reader says so when the text is taken.
            var start = _bytes.AsSpan(0, (int)reader.TokenStartIndex);
            Syntax(path, start.Count((byte)'\n') + 1, start.Length - start.LastIndexOf((byte)'\n'), notText.Message);
        }

        return new SettingLayer(_written.ToImmutable(), _problems.ToImmutable(), _unclear.ToImmutable());
    }

    private void Syntax(ImmutableArray<string> path, long line, long column, string reason)
    {
        var (subject, what) = _place.Line is null ? (_place.Of(SettingPath.Key(path)), "The value") : (_place.Source, _place.Source);
        _problems.Add(SettingsProblems.NotJson(string.Create(CultureInfo.InvariantCulture, $"{subject}, line {line}, column {column}"), what, reason));
        _unclear.Add("");
    }

    private void ReadValue(ref Utf8JsonReader reader, SettingNode node, ImmutableArray<string> path)
    {
        var place = Place(reader.TokenStartIndex);
        if (reader.TokenType == JsonTokenType.Null && path.Length > 0)
        {
            _written.Add(new WrittenSetting(path, node, null, place));
        }
        else if (node.Setting is { } setting)
        {
            ReadSetting(ref reader, node, setting, path, place);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, node, path, place);
        }
        else
        {
            WrongType(ref reader, path, place, "an object in braces");
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, SettingNode node, ImmutableArray<string> path, SettingPlace place)
    {
        var ignoresCase = node.AnyName is not null && node.NameFormat == TextFormats.ResourceName;
        var seen = new HashSet<string>(ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? throw new UnreachableException();
            var named = Place(reader.TokenStartIndex);
            reader.Read();
            if (!seen.Add(name))
            {
                Add(SettingsProblems.DuplicateKey(named.Of(SettingPath.Key(path.Add(name))), SettingPath.Key(path.Add(name))), SettingPath.Key(path.Add(name)));
            }

            ReadMember(ref reader, node, path, name, named);
        }

        if (seen.Count == 0 && SettingCatalogue.IsThing(node.Key))
        {
            Add(ConflictProblems.NothingSaid(place.Of(SettingPath.Key(path)), node.Members.Keys), SettingPath.Key(path));
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, SettingNode node, ImmutableArray<string> path, string name, SettingPlace place)
    {
        // Names the schema to the editor.
        if (path.Length == 0 && name == "$schema" && reader.TokenType == JsonTokenType.String)
        {
            return;
        }

        if (node.Member(name) is not { } member)
        {
            var closest = UnknownKeys.Closest(node, path, name);
            Add(SettingsProblems.UnknownKey(place.Of(SettingPath.Key(path.Add(name))), SettingPath.Key(path.Add(name)), closest), closest);
            reader.Skip();
        }
        else if (node.AnyName is not null && !node.NameFormat.Accepts(name))
        {
            Add(SettingsProblems.Malformed(place.Of(SettingPath.Key(path.Add(name))), name, node.NameFormat), null);
            reader.Skip();
        }
        else
        {
            ReadValue(ref reader, member, path.Add(name));
        }
    }

    private void ReadSetting(ref Utf8JsonReader reader, SettingNode node, Setting setting, ImmutableArray<string> path, SettingPlace place)
    {
        var value = (setting.Kind, reader.TokenType) switch
        {
            (SettingKind.Text or SettingKind.Choice, JsonTokenType.String) => new SettingValue.Text(reader.GetString() ?? ""),
            (SettingKind.Integer, JsonTokenType.Number) when reader.TryGetInt32(out var number) => new SettingValue.Integer(number),
            (SettingKind.Boolean, JsonTokenType.True or JsonTokenType.False) => new SettingValue.Boolean(reader.GetBoolean()),
            (SettingKind.TextList or SettingKind.ChoiceList, JsonTokenType.StartArray) => Texts(ref reader),
            (SettingKind.IntegerList, JsonTokenType.StartArray) => Integers(ref reader),
            _ => (SettingValue?)null,
        };
        if (value is null)
        {
            WrongType(ref reader, path, place, SettingsProblems.InWords(setting.Kind));
            return;
        }

        var wrong = SettingText.Problems(setting, value, place.Of(SettingPath.Key(path))).ToList();
        if (wrong.Count == 0)
        {
            _written.Add(new WrittenSetting(path, node, value, place));
        }

        foreach (var problem in wrong)
        {
            Add(problem, SettingPath.Key(path));
        }
    }

    // Null: something else is in the list; the reader stands at the end of the list all the same.
    private static SettingValue.List? Texts(ref Utf8JsonReader reader)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var allTexts = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString() ?? "");
            }
            else
            {
                allTexts = false;
                reader.Skip();
            }
        }

        return allTexts ? new SettingValue.List(texts.ToImmutable()) : null;
    }

    private static SettingValue.Integers? Integers(ref Utf8JsonReader reader)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        var allNumbers = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
            {
                numbers.Add(number);
            }
            else
            {
                allNumbers = false;
                reader.Skip();
            }
        }

        return allNumbers ? new SettingValue.Integers(numbers.ToImmutable()) : null;
    }

    private void WrongType(ref Utf8JsonReader reader, ImmutableArray<string> path, SettingPlace place, string expected)
    {
        var key = SettingPath.Key(path);
        Add(SettingsProblems.WrongType(place.Of(key.Length == 0 ? "the file" : key), Found(ref reader), expected), key);
        reader.Skip();
    }

    // A list is at its end where it was read as one and has other things than texts.
    private static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => "a text",
        JsonTokenType.Number => ShownText.Of(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.EndArray => "a list of other things",
        JsonTokenType.StartObject => "an object",
        _ => "null",
    };

    private void Add(Problem problem, string? unclear)
    {
        _problems.Add(problem);
        if (unclear is not null)
        {
            _unclear.Add(unclear);
        }
    }

    private SettingPlace Place(long offset) => _place.Line is null ? _place : _place with { Line = CountedLine(offset) };

    // Tokens come in order, so every byte is looked at once.
    private int CountedLine(long offset)
    {
        _line += _bytes.AsSpan(_counted, (int)offset - _counted).Count((byte)'\n');
        _counted = (int)offset;
        return _line;
    }
}
