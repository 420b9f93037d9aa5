using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

/// <summary>What an operator writes, for tests of reading it; and what is seen of it.</summary>
internal static class Written
{
    public static SettingsInput Nothing(string environment) => new() { Environment = environment, DefaultApplication = "Shop.AppHost" };

    public static SettingsInput File(string json, string environment = "dev") =>
        Nothing(environment) with { File = new SettingsFile($"environments/{environment}.json", Encoding.UTF8.GetBytes(json)) };

    public static SettingsInput Set(params string[] settings) => Nothing("dev").WithFlags(settings);

    public static SettingsInput WithFlags(this SettingsInput input, params string[] settings) =>
        input with { Flags = [.. input.Flags, .. settings.Select(setting => new SettingFlag("--set", null, setting))] };

    public static SettingsInput WithVariable(this SettingsInput input, string name, string value) => input with { Variables = input.Variables.Add(name, value) };

    /// <summary>One line each.</summary>
    public static string Table(ImmutableArray<SettingOrigin> origins) => string.Concat(origins.Select(origin => $"{origin.Key} = {origin.Value}   {origin.Source}\n"));

    public static string Text(IEnumerable<Problem> problems) =>
        string.Concat(problems.Select(problem => $"{problem.Code} {problem.Summary}\n  at  {problem.Subject}\n  fix {problem.Fix}\n"));

    /// <summary>Value and source of one key.</summary>
    public static string Origin(this SettingsReading reading, string key) =>
        reading.Origins.Where(origin => origin.Key == key).Select(origin => $"{origin.Value} from {origin.Source}").SingleOrDefault() ?? "";
}
