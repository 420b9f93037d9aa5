using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Deploy.Settings;

/// <summary>One key of the settings.</summary>
/// <param name="Key">Such as <c>network.cidr</c>; <c>*</c> stands for any name: <c>resources.*.replicas.min</c>.</param>
/// <param name="Description">Meaning and unit, in whole sentences.</param>
internal sealed record Setting(string Key, SettingKind Kind, string Description, SettingDefault Default)
{
    /// <summary>One value, three with dots between them (dev · staging · production), or the rule.</summary>
    public string DefaultInWords => Default switch
    {
        SettingDefault.OfProfile { IsSame: true } same => Shown(same.Dev),
        SettingDefault.OfProfile each => $"{Shown(each.Dev)} · {Shown(each.Staging)} · {Shown(each.Production)}",
        SettingDefault.Derived(var rule) => rule,
        SettingDefault.Absent(var meaning) => meaning,
        _ => throw new UnreachableException(),
    };

    private static string Shown(SettingValue value) => value switch
    {
        SettingValue.Text(var text) => text,
        SettingValue.List { Values.IsEmpty: true } => "none",
        SettingValue.List(var texts) => string.Join(", ", texts),
        _ => value.ToString(),
    };
}

/// <summary>What a value is.</summary>
internal abstract record SettingKind
{
    private SettingKind()
    {
    }

    public sealed record Text(SettingFormat Format) : SettingKind;

    public sealed record Integer(int Minimum, int Maximum) : SettingKind
    {
        /// <summary>The only values that there are; empty: every one between the ends.</summary>
        public ImmutableArray<int> Allowed { get; init; } = [];
    }

    public sealed record Boolean : SettingKind;

    public sealed record Choice(ImmutableArray<string> Words) : SettingKind;

    public sealed record TextList(SettingFormat Format) : SettingKind
    {
        /// <summary>1 where an empty list would mean something else than nothing.</summary>
        public int Fewest { get; init; }
    }

    public sealed record IntegerList(int Minimum, int Maximum) : SettingKind;

    /// <summary>At least one of the words, each at most once.</summary>
    public sealed record ChoiceList(ImmutableArray<string> Words) : SettingKind;
}

/// <summary>What a key has where nobody says anything.</summary>
internal abstract record SettingDefault
{
    private SettingDefault()
    {
    }

    public sealed record OfProfile(SettingValue Dev, SettingValue Staging, SettingValue Production) : SettingDefault
    {
        public bool IsSame => Dev == Staging && Staging == Production;

        public SettingValue For(Profile profile) => profile switch { Profile.Dev => Dev, Profile.Staging => Staging, _ => Production };
    }

    /// <summary>Follows from other settings: <see cref="DerivedDefaults"/>.</summary>
    /// <param name="Rule">In words.</param>
    public sealed record Derived(string Rule) : SettingDefault;

    /// <summary>Nothing is set.</summary>
    /// <param name="Meaning">What that means.</param>
    public sealed record Absent(string Meaning) : SettingDefault;
}

internal abstract record SettingValue
{
    private SettingValue()
    {
    }

    public sealed record Text(string Value) : SettingValue;

    public sealed record Integer(int Value) : SettingValue;

    public sealed record Boolean(bool Value) : SettingValue;

    public sealed record List(ImmutableArray<string> Values) : SettingValue
    {
        public bool Equals(List? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Length == 0 ? 0 : HashCode.Combine(Values.Length, Values[0], Values[^1]);
    }

    public sealed record Integers(ImmutableArray<int> Values) : SettingValue
    {
        public bool Equals(Integers? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Length == 0 ? 0 : HashCode.Combine(Values.Length, Values[0], Values[^1]);
    }

    /// <summary>As the file would have it.</summary>
    public sealed override string ToString() => this switch
    {
        Text text => Quoted(text.Value),
        Integer number => number.Value.ToString(CultureInfo.InvariantCulture),
        Boolean flag => flag.Value ? "true" : "false",
        List list => $"[{string.Join(", ", list.Values.Select(Quoted))}]",
        Integers numbers => $"[{string.Join(", ", numbers.Values)}]",
        _ => throw new UnreachableException(),
    };

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value}\"";
}
