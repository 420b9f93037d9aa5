using Platform.Hosting.Problems;

namespace Platform.Hosting.ApplicationModel;

/// <summary>What can go wrong while the application runs: HST100 to HST149.</summary>
internal static class RunProblems
{
    public static Problem MissingParameter(string name, string key, bool secret) => new(
        "HST100",
        $"The parameter '{name}' has no value, and nobody can be asked for one.",
        secret
            ? $"Set it: dotnet user-secrets set \"{key}\" VALUE, or the environment variable {Variable(key)}."
            : $"Set \"{key}\" in appsettings.json, or the environment variable {Variable(key)}, or add --{key} VALUE.",
        ExitCode.Input)
    {
        Subject = $"resources.{name}",
    };

    public static Problem EmptyConnectionString(string name) => new(
        "HST101",
        $"The connection string of '{name}' is empty.",
        "Give the parameters that it is made of a value, or refer to it with optional: true.",
        ExitCode.Input)
    {
        Subject = $"resources.{name}",
    };

    public static Problem NeverHealthy(string name, CustomResourceSnapshot snapshot)
    {
        var failing = snapshot.HealthReports.FirstOrDefault(report => report.Status != Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);
        var ended = snapshot.ExitCode is { } code ? $"it ended with exit code {code}" : $"it is {snapshot.State?.Text ?? "unknown"}";
        return new Problem(
            "HST102",
            $"'{name}' does not get healthy: {ended}{(failing is null ? "" : $", and its check '{failing.Name}' fails")}.",
            "Read the last lines of its console log and mend what it complains about.",
            ExitCode.Input)
        {
            Subject = $"resources.{name}",
            Detail = failing?.Description,
        };
    }

    public static Problem DependencyEnded(string name, string dependency, CustomResourceSnapshot snapshot, int? wanted) => new(
        "HST103",
        wanted is null
            ? $"'{name}' was not started, because '{dependency}', which it waits for, is {snapshot.State?.Text ?? "unknown"}{WithCode(snapshot)}."
            : $"'{name}' was not started, because '{dependency}' ended{WithCode(snapshot)} where {wanted} was waited for.",
        $"Mend '{dependency}' and start it again.",
        ExitCode.Input)
    {
        Subject = $"resources.{name}",
    };

    public static Problem ProjectDoesNotBuild(IReadOnlyCollection<string> names, string errors) => new(
        "HST104",
        names.Count == 1 ? $"The project of '{names.First()}' does not build." : $"The projects of {string.Join(", ", names.Select(name => $"'{name}'"))} do not build.",
        "Correct the errors above and start again.",
        ExitCode.Input)
    {
        Subject = $"resources.{names.First()}",
        Detail = errors,
    };

    public static Problem NotBuilt(string name, string assembly) => new(
        "HST105",
        $"The project of '{name}' has no build output: {assembly}",
        "Build the AppHost, which builds the projects that it refers to: dotnet build AppHost.",
        ExitCode.Input)
    {
        Subject = $"resources.{name}",
    };

    public static Problem StartFailed(string name, string why) => new(
        "HST106", $"'{name}' could not be started.", "Correct what its console log says, then use the Start command.", ExitCode.Input)
    {
        Subject = $"resources.{name}",
        Detail = why,
    };

    public static Problem NoSuchEndpoint(string name, string endpoint) => new(
        "HST107", $"The resource '{name}' has no endpoint '{endpoint}' that a client can be made for.", "Name one of its HTTP endpoints.", ExitCode.Input)
    {
        Subject = $"resources.{name}",
    };

    public static Problem NoSuchResource(string name, IEnumerable<string> known) => new(
        "HST108",
        $"The application has no resource '{name}'.",
        ClosestName.Among(known, name) is { } closest ? $"Did you mean '{closest}'?" : "Use the name that it was added with.",
        ExitCode.Input);

    public static Problem NoPort(string name, string endpoint, int? port) => new(
        "HST109",
        port is null ? $"The endpoint '{endpoint}' of '{name}' got no port." : $"The endpoint '{endpoint}' of '{name}' could not get port {port}.",
        port is null ? "Start again." : "End whatever uses the port, or let the endpoint take a free one.",
        ExitCode.Environment)
    {
        Subject = $"resources.{name}.bindings.{endpoint}",
    };

    public static Problem DashboardNotStarted(string path, string why) => new(
        "HST110", $"The dashboard could not be started: {path}", "Restore the bundle again, or run with --no-dashboard.", ExitCode.Environment)
    {
        Detail = why,
    };

    public static Problem DashboardEnded(string output) => new(
        "HST111",
        "The dashboard ended; the application goes on without it.",
        "Start again, or run with --no-dashboard.",
        ExitCode.Environment)
    {
        Detail = output,
    };

    private static string WithCode(CustomResourceSnapshot snapshot) => snapshot.ExitCode is { } code ? $" with exit code {code}" : "";

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_');
}
