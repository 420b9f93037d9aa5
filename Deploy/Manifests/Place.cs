using System.Globalization;
using System.Text;

namespace Platform.Deploy.Manifests;

/// <summary>Where in a manifest something stands. It becomes a text, such as <c>resources.web.args[2]</c>, only where there is something to tell.</summary>
internal sealed class Place
{
    private const int MostCharacters = 80;

    private readonly Place? _parent;
    private readonly string _step;

    private Place(Place? parent, string step)
    {
        _parent = parent;
        _step = step;
    }

    /// <summary>The whole manifest.</summary>
    public static Place Top { get; } = new(parent: null, "");

    public Place Member(string name) => new(this, name);

    public Place At(int index) => new(this, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    /// <summary>The name of a member that is looked at, without a place of its own being made for it.</summary>
    public string ToString(string member) => new Place(this, member).ToString();

    /// <summary>Null where the whole manifest is meant, as the subject of a problem has it.</summary>
    public string? Subject => _parent is null ? null : ToString();

    public override string ToString()
    {
        if (_parent is null)
        {
            return "";
        }

        var before = _parent.ToString();
        return before.Length == 0 || _step.StartsWith('[') ? before + _step : $"{before}.{Shown(_step)}";
    }

    /// <summary>What a manifest says, fit to stand in a message: one line, not too long, nothing that steers a terminal.</summary>
    public static string Shown(string written)
    {
        var cut = written.Length > MostCharacters ? string.Concat(written.AsSpan(0, MostCharacters - 1), "…") : written;
        if (!cut.Any(Steers))
        {
            return cut;
        }

        var shown = new StringBuilder();
        foreach (var character in cut)
        {
            _ = Steers(character) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : shown.Append(character);
        }

        return shown.ToString();
    }

    // Control and format characters, and halves of a pair that the cut may have left.
    private static bool Steers(char character) =>
        char.IsControl(character) || char.IsSurrogate(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
