using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Hosting.Dashboard;

/// <summary>How the process of the dashboard is started.</summary>
/// <param name="Program">Full path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">The folder that holds its pages.</param>
/// <param name="Environment">The variables to set on top of the inherited ones.</param>
internal sealed record DashboardLaunch(
    string Program, ImmutableArray<string> Arguments, string WorkingDirectory, ImmutableSortedDictionary<string, string> Environment)
{
    /// <summary>Says how the dashboard is started.</summary>
    public static DashboardLaunch Render(DashboardSettings settings) => new(
        settings.ProgramPath,
        ["dashboard"],
        Path.GetDirectoryName(settings.ProgramPath) ?? "",
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, Variables(settings)));

    // The dashboard refuses to start where one of its ways to authenticate is not said.
    private static IEnumerable<KeyValuePair<string, string>> Variables(DashboardSettings settings) =>
    [
        new("ASPNETCORE_ENVIRONMENT", "Production"),
        new("ASPNETCORE_URLS", settings.FrontendListenUrl),
        new("DASHBOARD__FRONTEND__PUBLICURL", settings.FrontendUrl.GetLeftPart(UriPartial.Authority)),
        new("DASHBOARD__FRONTEND__AUTHMODE", "BrowserToken"),
        new("DASHBOARD__FRONTEND__BROWSERTOKEN", settings.BrowserToken),
        new("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", settings.OtlpListenUrl),
        new("DASHBOARD__OTLP__AUTHMODE", "ApiKey"),
        new("DASHBOARD__OTLP__PRIMARYAPIKEY", settings.OtlpApiKey),
        new("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", settings.ResourceServiceUrl.GetLeftPart(UriPartial.Authority)),
        new("DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE", "ApiKey"),
        new("DASHBOARD__RESOURCESERVICECLIENT__APIKEY", settings.ResourceServiceApiKey),
        new("DASHBOARD__API__ENABLED", "true"),
        new("DASHBOARD__API__AUTHMODE", "ApiKey"),
        new("DASHBOARD__API__PRIMARYAPIKEY", settings.TelemetryApiKey),
        new("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
        new("ASPIRE_CLI_PID", settings.OwnerProcessId.ToString(CultureInfo.InvariantCulture)),
        new("LOGGING__CONSOLE__FORMATTERNAME", "json"),

        // Answers a tenth sooner; a dashboard is never busy enough to earn the profile's cost back.
        new("DOTNET_TieredPGO", "0"),

        // One heap, also on a machine with many cores.
        new("DOTNET_gcServer", "0"),

        // A killed process would leave its debugger socket in the temporary folder.
        new("DOTNET_EnableDiagnostics", "0"),
    ];
}
