using System.Security.Cryptography;

namespace Platform.Hosting.ApplicationModel;

/// <summary>A random default, such as a password.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const int DefaultLength = 22;

    // Characters that look alike (I, l, O, o, 0, 1) are left out, and special ones need no escape in URLs and connection strings.
    private const string LowerCharacters = "abcdefghijkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string NumericCharacters = "23456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>The least length in characters; 22 where it is 0.</summary>
    public int MinLength { get; set; }

    /// <summary>Whether lower case letters may occur.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper case letters may occur.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may occur.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether special characters may occur.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower case letters occur at least.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper case letters occur at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits occur at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many special characters occur at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue()
    {
        var characters = new List<char>();
        var allowed = "";
        foreach (var (isAllowed, set, least) in new[]
        {
            (Lower, LowerCharacters, MinLower),
            (Upper, UpperCharacters, MinUpper),
            (Numeric, NumericCharacters, MinNumeric),
            (Special, SpecialCharacters, MinSpecial),
        })
        {
            if (isAllowed)
            {
                allowed += set;
                characters.AddRange(RandomNumberGenerator.GetItems<char>(set, least));
            }
        }

        var length = MinLength > 0 ? MinLength : DefaultLength;
        if (allowed.Length > 0 && characters.Count < length)
        {
            characters.AddRange(RandomNumberGenerator.GetItems<char>(allowed, length - characters.Count));
        }

        var result = characters.ToArray();
        RandomNumberGenerator.Shuffle<char>(result);
        return new string(result);
    }

    /// <inheritdoc />
    public override void WriteToManifest(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength > 0 ? MinLength : DefaultLength);
        WriteUnless(writer, "lower", Lower, whenTrue: true);
        WriteUnless(writer, "upper", Upper, whenTrue: true);
        WriteUnless(writer, "numeric", Numeric, whenTrue: true);
        WriteUnless(writer, "special", Special, whenTrue: true);
        WriteUnlessZero(writer, "minLower", MinLower);
        WriteUnlessZero(writer, "minUpper", MinUpper);
        WriteUnlessZero(writer, "minNumeric", MinNumeric);
        WriteUnlessZero(writer, "minSpecial", MinSpecial);
        writer.WriteEndObject();
    }

    private static void WriteUnless(System.Text.Json.Utf8JsonWriter writer, string name, bool value, bool whenTrue)
    {
        if (value != whenTrue)
        {
            writer.WriteBoolean(name, value);
        }
    }

    private static void WriteUnlessZero(System.Text.Json.Utf8JsonWriter writer, string name, int value)
    {
        if (value > 0)
        {
            writer.WriteNumber(name, value);
        }
    }
}
