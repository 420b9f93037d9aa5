using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

public sealed class SettingsPageTests
{
    private const string Introduction =
        """
        # Settings

        What an operator says about one environment. Everything has a default that suits its profile, so a file holds what differs, and `dev`, `staging`
        and `production` need none.

        ```json
        {
          "$schema": "./settings.schema.json",
          "region": "eu-central-1",
          "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" },
          "resources": { "web": { "replicas": { "min": 3, "max": 12 } } }
        }
        ```

        | Layer | Written as | For example |
        |---|---|---|
        | flag | `--set key=value`, as often as needed; the last one counts | `--set network.natGateways=1` |
        | environment variable | `PLATFORM__` and the key, with `__` between its parts | `PLATFORM__NETWORK__NATGATEWAYS=1` |
        | file | `environments/NAME.json` | `"network": { "natGateways": 1 }` |
        | default | of the profile: dev · staging · production | |

        A layer wins over those below it, key by key; a list is one value. `settings --explain` shows every value and where it came from.

        * **File.** The nearest `Deploy/environments` or `environments` folder above the AppHost or the manifest, no further than the solution's; or the
          folder that `--settings` names. Comments and trailing commas are allowed. `null` is as if the key were left out.
        * **Flag.** Lists have commas (`--set edge.inboundCidrs=203.0.113.0/24,198.51.100.0/24`) or are JSON. A group may be set as JSON:
          `--set 'resources.web={"replicas":{"min":2}}'`. `null` leads back to the default. A name with dots stands in quotes:
          `--set 'resources."my.api".storageGiB=20'`.
        * **Variable.** Case does not count. A resource's hyphen is an underscore: `PLATFORM__RESOURCES__MY_API__REPLICAS__MIN`. An empty variable says nothing.
        * **Secrets** have no place in settings: they are put into AWS Secrets Manager by name.

        This page is made from the catalogue in `Deploy/Settings`; so is the schema that gives completion in editors.

        """;

    [Fact]
    public void The_page_is_that_of_the_catalogue() =>
        Golden.Matches(Introduction + string.Concat(SettingCatalogue.All.GroupBy(Part).SelectMany(Section)), "../../../docs/settings.md");

    // The first part of a key that has more than one.
    private static string Part(Setting setting) => setting.Key.Split('.') is [var group, _, ..] ? group : "";

    private static IEnumerable<string> Section(IGrouping<string, Setting> part) =>
    [
        part.Key.Length == 0 ? "\n## The environment\n" : $"\n## {part.Key}\n\n{SettingGroups.Meanings[part.Key]}\n",
        "\n| Key | Takes | Default | Meaning |\n|---|---|---|---|\n",
        .. part.Select(setting => $"| `{setting.Key}` | {Cell(Takes(setting.Kind))} | {Cell(setting.DefaultInWords)} | {Cell(setting.Description)} |\n"),
    ];

    private static string Takes(SettingKind kind) => kind switch
    {
        SettingKind.Text(var format) => format.Name,
        SettingKind.TextList(var format) => $"a list: {format.Name}",
        SettingKind.Choice(var words) => Any(words),
        SettingKind.ChoiceList(var words) => $"a list: {Any(words)}",
        SettingKind.IntegerList list => $"a list: {list.Minimum} to {list.Maximum}",
        SettingKind.Boolean => "true or false",
        SettingKind.Integer { Allowed.IsEmpty: false } number => string.Join(", ", number.Allowed),
        SettingKind.Integer { Maximum: int.MaxValue } number => $"{number.Minimum} or more",
        SettingKind.Integer number => $"{number.Minimum} to {number.Maximum}",
        _ => "",
    };

    private static string Any(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
