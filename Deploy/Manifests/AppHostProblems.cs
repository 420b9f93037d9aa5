using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>What can go wrong on the way to a manifest.</summary>
internal static class AppHostProblems
{
    public static Problem UnreadableFile(string path, string reason) =>
        Input("DEP028", $"The manifest '{path}' cannot be read: {reason}.", "Name a file that is there, or an AppHost by --app-host.");

    public static Problem NoProject(string path) => NotOneProject($"'{path}' is no project and no folder with one.", "Name the AppHost's project or its folder.");

    public static Problem SeveralProjects(string path, ImmutableArray<string> projects) =>
        NotOneProject($"'{path}' has several projects, and none or more than one of them is an AppHost: {string.Join(", ", projects)}.", "Name the project file itself.");

    public static Problem NotAnAppHost(string project) =>
        Input(
            "DEP030",
            $"'{project}' is no AppHost.",
            "Name the project that describes the application. If it is this one, set the property IsAspireHost to true in it.");

    public static Problem NoAppHost(string folder) =>
        Input("DEP031", $"There is no AppHost in '{folder}' and below.", "Name its folder by --app-host DIR, or a manifest by --manifest FILE.");

    public static Problem SeveralAppHosts(string folder, ImmutableArray<string> projects) =>
        Input("DEP032", $"There are several AppHosts in '{folder}': {string.Join(", ", projects)}.", "Name the folder of one by --app-host DIR.");

    public static Problem DoesNotBuild(string project, string lines) =>
        Input("DEP033", $"'{project}' does not build.", "Mend it, or see what 'dotnet build' says.") with { Detail = lines };

    public static Problem Failed(string project, int exitCode, string lines) =>
        Input(
            "DEP034",
            string.Create(CultureInfo.InvariantCulture, $"'{project}' ended with exit code {exitCode} instead of writing its manifest."),
            "See the lines above. To run it alone: dotnet run --project APPHOST -- --publisher manifest --output-path aspire-manifest.json") with
        { Detail = lines };

    public static Problem NothingWritten(string project, string lines) =>
        Input(
            "DEP035",
            $"'{project}' ended without writing a manifest.",
            "Let its Program.cs pass 'args' to CreateBuilder and end with Build().Run().") with
        { Detail = lines };

    public static Problem TookTooLong(string project, string what, TimeSpan limit, string lines) =>
        Input(
            "DEP036",
            string.Create(CultureInfo.InvariantCulture, $"'{project}' was still {what} after {limit.TotalSeconds:0} s and was ended."),
            "See what it waits for in the lines above. In publish mode nothing may wait for a service or a person.") with
        { Detail = lines };

    public static Problem NoSdk(string program) =>
        new("DEP037", $"There is no program '{program}', which builds and runs the AppHost.", "Install the .NET SDK (https://dot.net), or render a manifest by --manifest FILE.", ExitCode.Environment);

    private static Problem NotOneProject(string summary, string fix) => Input("DEP029", summary, fix);

    private static Problem Input(string code, string summary, string fix) => new(code, summary, fix, ExitCode.Input);
}
