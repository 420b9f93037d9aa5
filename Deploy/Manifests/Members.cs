using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Manifests;

/// <summary>What an object of the manifest may have.</summary>
/// <param name="Kind">Begins a sentence, such as <c>A binding</c>.</param>
internal sealed record MemberNames(string Kind, ImmutableArray<string> Names);

/// <summary>The words that can stand in one place.</summary>
/// <param name="Known">Those of the format.</param>
internal sealed record Words<T>(ImmutableArray<(string Word, T Meaning)> Known)
{
    /// <summary>What other tools write, and is read but not offered.</summary>
    public ImmutableArray<(string Word, T Meaning)> Other { get; init; } = [];
}

/// <summary>
/// One object of the manifest, read by the names of its members. A member that is not what it should be is a problem, and something harmless stands in
/// for it, so that the rest can be read. <c>null</c> is the same as no member.
/// </summary>
internal sealed class Members
{
    /// <summary>Stands in for a path, an image or a command that is missing.</summary>
    public const string Missing = "missing";

    private readonly JsonElement[] _values;
    private readonly MemberNames _known;
    private readonly ReadingFindings _findings;

    private Members(Place place, MemberNames known, ReadingFindings findings)
    {
        Place = place;
        _known = known;
        _findings = findings;
        _values = new JsonElement[known.Names.Length];
    }

    /// <summary>Of the object.</summary>
    public Place Place { get; }

    /// <summary>Null, with a problem, where this is no object.</summary>
    public static Members? Of(JsonElement element, Place place, MemberNames known, ReadingFindings findings)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            findings.Add(ManifestProblems.WrongKind(place.Subject, "an object", element));
            return null;
        }

        return OfObject(element, place, known, findings);
    }

    /// <summary>Of what is known to be an object.</summary>
    public static Members OfObject(JsonElement element, Place place, MemberNames known, ReadingFindings findings)
    {
        var members = new Members(place, known, findings);
        foreach (var member in element.EnumerateObject())
        {
            members.Add(member);
        }

        return members;
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The value as it stands; null where there is none.</summary>
    public JsonElement? Find(string name)
    {
        var value = _values[_known.Names.IndexOf(name)];
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value;
    }

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _findings.Add(ManifestProblems.WrongKind(Place.ToString(name), "a text", value));
        return null;
    }

    /// <summary>Of an element that has to be a text.</summary>
    public static string TextOf(JsonElement element, Place place, ReadingFindings findings)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString() ?? "";
        }

        findings.Add(ManifestProblems.WrongKind(place.Subject, "a text", element));
        return "";
    }

    /// <summary>A text that has to be there, and may be empty.</summary>
    public string RequiredText(string name)
    {
        Require(name);
        return Text(name) ?? "";
    }

    /// <summary>A text that has to be there and say something.</summary>
    /// <param name="name">Of the member.</param>
    /// <param name="otherwise">Stands in where it does not.</param>
    public string FilledText(string name, string otherwise)
    {
        Require(name);
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        _findings.Add(ManifestProblems.EmptyText(Place.ToString(name)));
        return otherwise;
    }

    /// <summary>A path that has to be there. Manifests that were written on Windows by other tools have backslashes.</summary>
    public string PathText(string name)
    {
        var path = FilledText(name, Missing).Replace('\\', '/');
        if (!path.Contains('\0', StringComparison.Ordinal))
        {
            return path;
        }

        _findings.Add(ManifestProblems.NotAPath(Place.ToString(name)));
        return Missing;
    }

    public bool Flag(string name, bool whenAbsent)
    {
        switch (Find(name))
        {
            case null:
                return whenAbsent;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            case { } value:
                _findings.Add(ManifestProblems.WrongKind(Place.ToString(name), "true or false", value));
                return whenAbsent;
        }
    }

    public int? Number(string name, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            _findings.Add(ManifestProblems.WrongKind(Place.ToString(name), "a number", value));
            return null;
        }

        if (value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        _findings.Add(ManifestProblems.OutOfRange(Place.ToString(name), value.GetRawText(), least, most));
        return null;
    }

    /// <summary>One of a few words; the meaning of the first stands in for what is none of them.</summary>
    public T Word<T>(string name, Words<T> words)
    {
        Require(name);
        if (Text(name) is not { } written)
        {
            return words.Known[0].Meaning;
        }

        foreach (var (word, meaning) in words.Known.Concat(words.Other))
        {
            if (word == written)
            {
                return meaning;
            }
        }

        _findings.Add(ManifestProblems.UnknownWord(Place.ToString(name), written, [.. words.Known.Select(known => known.Word)]));
        return words.Known[0].Meaning;
    }

    /// <summary>The elements of a list, each with its place; none where there is no list.</summary>
    public IEnumerable<(JsonElement Value, Place Place)> List(string name)
    {
        if (Find(name) is not { } value)
        {
            yield break;
        }

        var place = Place.Member(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            _findings.Add(ManifestProblems.WrongKind(place.Subject, "a list", value));
            yield break;
        }

        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            yield return (element, place.At(index++));
        }
    }

    /// <summary>The entries of a map whose keys are the user's, each with its place; none where there is no map. A second entry of one name is a problem.</summary>
    /// <param name="name">Of the member.</param>
    /// <param name="comparer">Which names are the same.</param>
    public IEnumerable<(string Name, JsonElement Value, Place Place)> Map(string name, StringComparer comparer) =>
        Find(name) is { } value ? Entries(value, Place.Member(name), comparer, _findings) : [];

    /// <inheritdoc cref="Map"/>
    public static IEnumerable<(string Name, JsonElement Value, Place Place)> Entries(JsonElement map, Place place, StringComparer comparer, ReadingFindings findings)
    {
        if (map.ValueKind != JsonValueKind.Object)
        {
            findings.Add(ManifestProblems.WrongKind(place.Subject, "an object", map));
            yield break;
        }

        var seen = new Dictionary<string, string>(comparer);
        foreach (var member in map.EnumerateObject())
        {
            var key = member.Name;
            if (string.IsNullOrWhiteSpace(key))
            {
                findings.Add(ManifestProblems.EmptyName(place.Subject));
            }
            else if (!seen.TryAdd(key, key))
            {
                findings.Add(ManifestProblems.Twice(place.ToString(key), seen[key], key));
            }
            else
            {
                yield return (key, member.Value, place.Member(key));
            }
        }
    }

    public void Require(string name)
    {
        if (!Has(name))
        {
            _findings.Add(ManifestProblems.Missing(Place.Subject, _known.Kind, name));
        }
    }

    private void Add(JsonProperty member)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (member.NameEquals(_known.Names[i]))
            {
                if (_values[i].ValueKind != JsonValueKind.Undefined)
                {
                    _findings.Add(ManifestProblems.Twice(Place.ToString(_known.Names[i]), _known.Names[i], _known.Names[i]));
                }

                _values[i] = member.Value;
                return;
            }
        }

        _findings.Ignore(_known.Kind, member.Name, Place, _known.Names.Where(name => !Written(name)));
    }

    private bool Written(string name) => _values[_known.Names.IndexOf(name)].ValueKind != JsonValueKind.Undefined;
}
