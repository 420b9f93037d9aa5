using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Images.Tests.Documents;

/// <summary>What a part of a JSON document has to be: the little of JSON Schema that the formats of this folder need.</summary>
internal abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>What is wrong, a line each with its place; members that the shape does not name are wrong too.</summary>
    public abstract IEnumerable<string> Findings(JsonElement element, string place);

    private static string At(string place, string member) => place.Length == 0 ? member : $"{place}.{member}";

    private static bool Is(string pattern, string text) => Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <param name="Pattern">A regular expression for the whole text.</param>
    public sealed record Text(string Pattern) : Shape
    {
        public override IEnumerable<string> Findings(JsonElement element, string place) =>
            element.ValueKind != JsonValueKind.String ? [$"{place} is no text"]
            : Is(Pattern, element.GetString()!) ? []
            : [$"{place} may not be '{element.GetString()}'"];
    }

    public sealed record Flag : Shape
    {
        public override IEnumerable<string> Findings(JsonElement element, string place) => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [$"{place} is neither true nor false"];
    }

    public sealed record List(Shape Item, int AtLeast) : Shape
    {
        public override IEnumerable<string> Findings(JsonElement element, string place) =>
            element.ValueKind != JsonValueKind.Array ? [$"{place} is no list"]
            : element.GetArrayLength() < AtLeast ? [$"{place} has fewer than {AtLeast}"]
            : element.EnumerateArray().Index().SelectMany(item => Item.Findings(item.Item, $"{place}[{item.Index}]"));
    }

    /// <summary>Names and values that the document chooses.</summary>
    public sealed record Map(Func<string, Shape> Value, int AtLeast) : Shape
    {
        public override IEnumerable<string> Findings(JsonElement element, string place) =>
            element.ValueKind != JsonValueKind.Object ? [$"{place} is no object"]
            : element.EnumerateObject().Count() < AtLeast ? [$"{place} has fewer than {AtLeast}"]
            : element.EnumerateObject().SelectMany(member => Value(member.Name).Findings(member.Value, At(place, member.Name)));
    }

    public sealed record Anything : Shape
    {
        public override IEnumerable<string> Findings(JsonElement element, string place) => [];
    }

    /// <summary>The names that there are; those that end with <c>?</c> may be absent.</summary>
    public sealed record Members(params (string Name, Shape Shape)[] All) : Shape
    {
        public override IEnumerable<string> Findings(JsonElement element, string place)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return [$"{(place.Length == 0 ? "the document" : place)} is no object"];
            }

            var known = All.ToDictionary(member => member.Name.TrimEnd('?'), member => member.Shape);
            return
            [
                .. element.EnumerateObject().CountBy(member => member.Name).Where(member => member.Value > 1).Select(member => $"{At(place, member.Key)} is there twice"),
                .. All.Where(member => !member.Name.EndsWith('?') && !element.TryGetProperty(member.Name, out _)).Select(member => $"{At(place, member.Name)} is missing"),
                .. element.EnumerateObject().Where(member => !known.ContainsKey(member.Name)).Select(member => $"{At(place, member.Name)} is not known"),
                .. element.EnumerateObject().Where(member => known.ContainsKey(member.Name)).SelectMany(member => known[member.Name].Findings(member.Value, At(place, member.Name))),
            ];
        }
    }
}
