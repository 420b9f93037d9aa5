using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

public sealed class RoundTripTests
{
    private static readonly JsonSerializerOptions Whole = new() { Converters = { new SubstituteConverter(), new JsonStringEnumConverter() } };

    // Where the example is the default.
    private static readonly Dictionary<string, string> OtherTexts = new()
    {
        ["application"] = "warehouse",
        ["namespace"] = "warehouse",
        ["network.cidr"] = "10.77.0.0/16",
        ["cluster.version"] = "1.35",
        ["gitOps.path"] = "rendered",
        ["gitOps.revision"] = "release",
    };

    public static TheoryData<string> Keys => [.. SettingCatalogue.All.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_that_is_set_is_seen_in_the_settings_and_in_their_origins(string key)
    {
        var setting = SettingCatalogue.All.Single(setting => setting.Key == key);
        var written = (key.EndsWith(".*", StringComparison.Ordinal) ? key[..^1] + NameIn(key) : key).Replace("*", "web", StringComparison.Ordinal);
        var before = SettingsReader.Read(Written.Nothing("dev"));

        var reading = SettingsReader.Read(Written.Set($"{written}={Sample(setting, before)}"));

        var origin = Assert.Single(reading.Origins, origin => origin.Source == "--set");
        Assert.Equal(written, origin.Key);
        Assert.Equal(setting.Description, origin.Description);
        Assert.NotEqual(JsonSerializer.Serialize(before.Settings, Whole), JsonSerializer.Serialize(reading.Settings, Whole));
    }

    [Fact]
    public void Every_group_and_every_map_is_described()
    {
        var groups = SettingCatalogue.All.SelectMany(setting => Groups(setting.Key)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(groups, SettingGroups.Meanings.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_format_takes_its_example_and_its_pattern_takes_it_too()
    {
        var formats = SettingCatalogue.All.Select(setting => Format(setting.Kind)).OfType<SettingFormat>().Distinct();

        var refused = formats.Where(format => !format.Accepts(format.Example) || !System.Text.RegularExpressions.Regex.IsMatch(format.Example, format.Pattern ?? ""));

        Assert.Empty(refused.Select(format => format.Name));
    }

    private static IEnumerable<string> Groups(string key)
    {
        var segments = key.Split('.');
        return Enumerable.Range(1, segments.Length - 1).Select(length => string.Join('.', segments.Take(length)));
    }

    private static string NameIn(string key) => SettingCatalogue.NameFormat(key[..^2]).Example;

    // A value that is not there by default.
    private static string Sample(Setting setting, SettingsReading before) => setting.Kind switch
    {
        SettingKind.Text(var format) => OtherTexts.GetValueOrDefault(setting.Key, format.Example),
        SettingKind.TextList(var format) => format.Example,
        SettingKind.Choice(var words) => words.First(word => word != Default(setting, before)),
        SettingKind.ChoiceList(var words) => words.First(word => $"[\"{word}\"]" != Default(setting, before)),
        SettingKind.IntegerList list => $"{list.Minimum},{list.Maximum}",
        SettingKind.Boolean => Default(setting, before) == "true" ? "false" : "true",
        SettingKind.Integer number => (number.Allowed.IsEmpty ? Math.Min(number.Minimum + 2, number.Maximum) : number.Allowed[1]).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string Default(Setting setting, SettingsReading before) =>
        before.Origins.Where(origin => origin.Key == setting.Key).Select(origin => origin.Value.Trim('"')).SingleOrDefault() ?? "";

    private static SettingFormat? Format(SettingKind kind) => kind switch
    {
        SettingKind.Text(var format) => format,
        SettingKind.TextList(var format) => format,
        _ => null,
    };

    private sealed class SubstituteConverter : JsonConverter<Substitute>
    {
        public override Substitute Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Substitute value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
