using System.CommandLine;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform settings</c>: what holds in an environment, and who said so.</summary>
internal static class SettingsCommand
{
    public static Verb Verb()
    {
        var application = new ApplicationOptions();
        var explain = new Option<bool>("--explain") { Description = "Every setting, with the defaults. Otherwise only what somebody has set." };
        var schema = new Option<bool>("--schema") { Description = "The JSON schema of the files instead, for editors." };
        var json = CommandLine.Json();
        var verb = new Verb("settings", "Shows the settings of an environment and where each value comes from: flag, variable, file or default.")
        {
            Options = { explain, schema, json },
            Run = (parsed, screen, cancellationToken) => parsed.GetValue(schema)
                ? SchemaAsync(screen)
                : ShowAsync(application.Read(parsed), parsed.GetValue(explain), parsed.GetValue(json), screen, cancellationToken),
            Examples =
            [
                new Example("platform settings --environment production", "what the file, the variables and the flags say"),
                new Example("platform settings --environment dev --explain --set network.natGateways=0", "every value that would hold"),
                new Example("platform settings --schema > environments/settings.schema.json", "completion in editors"),
            ],
        };
        application.AddTo(verb);
        return verb;
    }

    private static async Task<int> SchemaAsync(Screen screen)
    {
        await screen.Out.WriteAsync(SettingsSchema.Render());
        return ExitCode.Ok;
    }

    private static async Task<int> ShowAsync(ApplicationInput input, bool all, bool asJson, Screen screen, CancellationToken cancellationToken)
    {
        var folder = ApplicationSource.Folder(input);
        var readings = await EnvironmentsReading.ReadAsync(input, folder, cancellationToken);
        var problems = readings.SelectMany(reading => reading.Problems).Distinct().ToList();
        await screen.Out.WriteAsync(asJson
            ? JsonResult.Of(json => SettingsText.WriteTo(json, readings), problems)
            : string.Concat(readings.Select(reading => SettingsText.Render(reading, all, new Palette(screen.Colours)))));
        return problems.Count == 0 ? ExitCode.Ok : throw new DeployException(problems);
    }
}
