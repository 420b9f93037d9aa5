namespace Platform.Hosting.Problems;

/// <summary>What can be wrong while a manifest is written. HST060 to HST079.</summary>
internal static class ManifestProblems
{
    public static Problem CallbackFailed(string resource, string place, Exception exception) => Input(
        "HST060",
        $"The callback that makes '{place}' of '{resource}' failed.",
        "Put endpoints, parameters and resources themselves into it: their values are not known while a manifest is written. "
            + "Do what only a running application can under builder.ExecutionContext.IsRunMode.",
        $"resources.{resource}.{place}") with
    { Detail = $"{exception.GetType().Name}: {exception.Message}" };

    public static Problem UnsupportedValue(string resource, string place, Type type) => Input(
        "HST061",
        $"'{place}' of '{resource}' is of type {type.Name}, which has no form in a manifest.",
        "Make it a string, an endpoint, a parameter, a ReferenceExpression or a resource with a connection string.",
        $"resources.{resource}.{place}");

    public static Problem CallbackDoesNotEnd(string resource, string place, TimeSpan limit) => Input(
        "HST062",
        $"The callback that makes '{place}' of '{resource}' did not end within {limit.TotalSeconds:0} s.",
        "Do not wait for values there: put the endpoint or parameter itself into it.",
        $"resources.{resource}.{place}");

    public static Problem CannotWrite(string path, string why) => new(
        "HST063", $"The manifest cannot be written: {path}", "Name a file that can be written with --output-path.", ExitCode.Environment)
    {
        Detail = why,
    };

    public static Problem UnknownFormat(string resource, string place, string format) => Input(
        "HST064",
        $"'{place}' of '{resource}' asks for the format '{format}', which a manifest does not know.",
        "Use {value:uri} for URL-encoding, or no format.",
        $"resources.{resource}.{place}");

    public static Problem InvalidTransport(string resource, string endpoint, string transport) => Input(
        "HST065",
        $"'{transport}' is no transport: the endpoint '{endpoint}' of '{resource}' asks for it.",
        "Use 'http', 'http2' or 'tcp'.",
        $"resources.{resource}.bindings.{endpoint}");

    public static Problem SecretInManifest(string parameter, string path) => Input(
        "HST066",
        $"The value of the secret '{parameter}' would be readable in the manifest.",
        $"Use the parameter itself there instead of its value: WithEnvironment(name, {parameter}).",
        path);

    public static Problem PlainBuildSecret(string resource, string secret) => Input(
        "HST067",
        $"The build secret '{secret}' of '{resource}' is a plain text, which would be readable in the manifest.",
        $"Make it a parameter: WithBuildSecret(\"{secret}\", builder.AddParameter(…, secret: true)).",
        $"resources.{resource}.build.secrets.{secret}");

    public static Problem BrokenEntry(string resource, string why) => Input(
        "HST068",
        $"The callback that writes '{resource}' into the manifest leaves its object unfinished.",
        "Close every object and array that it opens, and write properties only.",
        $"resources.{resource}") with
    { Detail = why };

    private static Problem Input(string code, string summary, string fix, string subject) => new(code, summary, fix, ExitCode.Input) { Subject = subject };
}
