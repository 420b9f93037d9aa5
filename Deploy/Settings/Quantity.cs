using System.Globalization;

namespace Platform.Deploy.Settings;

/// <summary>Amounts of CPU and memory as Kubernetes writes them.</summary>
internal static class Quantity
{
    public static readonly SettingFormat CpuFormat =
        new("an amount of CPU as Kubernetes writes it (cores, or thousandths with m)", "250m", text => Cpu(text) is > 0) { Pattern = "^([0-9]+m|[0-9]+(\\.[0-9]{1,3})?)$" };

    public static readonly SettingFormat MemoryFormat =
        new("an amount of memory as Kubernetes writes it (bytes, or with Ki, Mi, Gi, Ti, k, M, G, T)", "512Mi", text => Memory(text) is > 0) { Pattern = "^[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$" };

    /// <summary>In cores; null: not an amount.</summary>
    public static decimal? Cpu(string text) => text.EndsWith('m') ? Whole(text[..^1]) / 1000 : Number(text);

    /// <summary>In bytes; null: not an amount.</summary>
    public static decimal? Memory(string text)
    {
        var digits = text.TrimEnd("KMGTik".ToCharArray());
        decimal? unit = text[digits.Length..] switch
        {
            "" => 1,
            "k" => 1e3m,
            "M" => 1e6m,
            "G" => 1e9m,
            "T" => 1e12m,
            "Ki" => 1L << 10,
            "Mi" => 1L << 20,
            "Gi" => 1L << 30,
            "Ti" => 1L << 40,
            _ => null,
        };
        return Number(digits) * unit;
    }

    private static decimal? Whole(string text) => TextFormats.Digits(text) ? Number(text) : null;

    // Fifteen digits are more than any machine has of either, and cannot overflow.
    private static decimal? Number(string text) =>
        text.Length <= 15 && text.All(character => char.IsAsciiDigit(character) || character == '.') && text.Length > 0 && char.IsAsciiDigit(text[0])
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
