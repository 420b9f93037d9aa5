namespace Platform.Deploy.Manifests;

/// <summary>The environment variables of an AppHost that publishes: the user's, without what would make it do something else.</summary>
internal static class AppHostEnvironment
{
    // By how they begin, in any case: configuration does not tell "AppHost__X" from "APPHOST__X".
    private static readonly string[] Foreign =
    [
        // Where it would listen.
        "ASPNETCORE_", "KESTREL__", "URLS", "HTTP_PORTS", "HTTPS_PORTS", "DOTNET_URLS",
        // What it would take itself for, and what it would do instead of publishing.
        "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "APPHOST__", "PUBLISHING__", "PIPELINE__", "ASPIRE_BACKCHANNEL_", "ASPIRE_CLI_", "DCP_",
        // What 'dotnet run' and 'dotnet test' set for their children, of which this may be one: another SDK may build the AppHost.
        "MSBUILD", "DOTNET_HOST_PATH",
    ];

    public static void Prepare(IDictionary<string, string?> variables)
    {
        foreach (var name in variables.Keys.Where(name => Foreign.Any(foreign => name.StartsWith(foreign, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            _ = variables.Remove(name);
        }

        // Lines that are shown: plain, and in the language of all other messages.
        variables["DOTNET_NOLOGO"] = "1";
        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        variables["NO_COLOR"] = "1";

        // A build that was asked for once leaves no process behind.
        variables["MSBUILDDISABLENODEREUSE"] = "1";
        variables["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";

        // A property of our AppHosts: what writes a manifest needs no orchestrator, whose first restore takes minutes.
        variables["PlatformRestoreBundle"] = "false";
    }
}
